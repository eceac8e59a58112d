//! What is done alike to the rows of a post-mortem, be they accounts, findings or actions: taken out, brought back, moved.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use crate::app::Ctx;
use crate::domain::ids::PostMortemId;
use crate::store::Store;
use crate::web::address::part;
use crate::web::body::Form;
use crate::web::frame;
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};

/// Changes the row that an address names, and comes back to a place of the editor: `then` is what follows its address.
pub(in crate::web) async fn change<R: 'static, I: Send + 'static, T: Send + 'static>(
    state: Data<State>,
    path: Path<(String, String)>,
    parse: fn(&str) -> Option<R>,
    form: Form<I>,
    then: String,
    use_case: fn(&Store, &Ctx, PostMortemId, R, &I) -> Result<T, Problem>,
) -> Result<HttpResponse, PageError> {
    let place = format!("/postmortems/{}/edit{then}", path.0);
    blocking::write(&state, form.visitor, move |store, signed| {
        let (id, row) = part(store, &signed.ctx, &path, parse)?;
        use_case(store, &signed.ctx, id, row, &form.input)
    })
    .await?;
    Ok(frame::see(&place))
}
