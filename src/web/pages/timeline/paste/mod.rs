//! Many lines at once: what was pasted is shown as it was understood, then the ticked lines are added.

mod form; // what the page sends
mod page; // what it shows

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use crate::app::timeline::{self, BatchError};
use crate::app::{EditError, FieldProblem};
use crate::domain::ids::PostMortemId;
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame;
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};
use form::PasteForm;
pub(in crate::web) use page::Lines;

/// Shows how pasted lines were understood. Nothing is kept.
pub(in crate::web) async fn preview(
    state: Data<State>,
    path: Path<String>,
    form: Form<PasteForm>,
) -> Result<HttpResponse, PageError> {
    let (named, typed) = (path.into_inner(), form.input);
    let page = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &named)?;
        read(store, signed, id, &typed)
    })
    .await?;
    Ok(if page.is_refused() {
        frame::again(&page)
    } else {
        frame::ok(&page)
    })
}

/// The lines of a new post-mortem's paste, to be looked at.
pub(in crate::web) fn first_look(
    store: &Store,
    signed: &Signed,
    id: PostMortemId,
    paste: String,
    day: &str,
) -> Result<Lines, Problem> {
    let form = PasteForm::of(paste, day.to_owned());
    read(store, signed, id, &form)
}

fn read(
    store: &Store,
    signed: &Signed,
    id: PostMortemId,
    form: &PasteForm,
) -> Result<Lines, Problem> {
    let look =
        |day: &str, zone: &str| timeline::preview(store, &signed.ctx, id, &form.paste, day, zone);
    match look(&form.day, &form.zone) {
        Ok(preview) => Ok(Lines::of(signed, id, &preview, form, Vec::new())),
        Err(EditError::Invalid(asked)) => {
            let preview = look("", "").map_err(Problem::from)?;
            Ok(Lines::of(signed, id, &preview, form, asked))
        }
        Err(error) => Err(error.into()),
    }
}

/// Adds the ticked lines, all or none of them; or ticks all or none and shows them again.
pub(in crate::web) async fn create_many(
    state: Data<State>,
    path: Path<String>,
    form: Form<PasteForm>,
) -> Result<HttpResponse, PageError> {
    let (named, mut typed) = (path.into_inner(), form.input);
    let (id, refused) = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &named)?;
        if typed.ticks() {
            return Ok((id, Some(again(store, signed, id, &typed, &[])?)));
        }
        match timeline::add_many(store, &signed.ctx, id, &typed.batch()) {
            Ok(saved) if saved.is_empty() => {
                let none = FieldProblem::new(
                    "take",
                    "No line is ticked. Tick those that belong in the timeline.",
                );
                Ok((
                    id,
                    Some(again(store, signed, id, &typed, &[(0, vec![none])])?),
                ))
            }
            Ok(_) => Ok((id, None)),
            Err(BatchError::Rows(problems)) => {
                Ok((id, Some(again(store, signed, id, &typed, &problems)?)))
            }
            Err(BatchError::Edit(EditError::Invalid(fields))) => {
                Ok((id, Some(again(store, signed, id, &typed, &[(0, fields)])?)))
            }
            Err(BatchError::Edit(error)) => Err(EditError::into(error)),
        }
    })
    .await?;
    Ok(match refused {
        None => frame::see(&format!("/postmortems/{id}/edit#timeline")),
        Some(page) if page.is_refused() => frame::again(&page),
        Some(page) => frame::ok(&page),
    })
}

/// The lines as they were sent, with what is to be mended.
fn again(
    store: &Store,
    signed: &Signed,
    id: PostMortemId,
    form: &PasteForm,
    problems: &[(usize, Vec<FieldProblem>)],
) -> Result<Lines, Problem> {
    let preview = timeline::preview(store, &signed.ctx, id, &form.paste, &form.day, &form.zone)?;
    let lines = Lines::of(signed, id, &preview, form, Vec::new());
    Ok(lines.with_sent(form, problems))
}
