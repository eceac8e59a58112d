//! Set up, sign in, sign out.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::app::people::{NewPerson, PersonError};
use crate::app::{FieldProblem, sessions};
use crate::web::body::Form;
use crate::web::frame::{self, Frame};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::{Credential, Visitor, no_session_cookie, session_cookie};
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "sessions/new.html")]
struct SignIn<'a> {
    frame: Frame,
    refused: Option<String>,
    demo: Option<&'a Vec<(String, String)>>,
    next: String,
    email: String,
}

#[derive(Debug, Deserialize, Default)]
pub(in crate::web) struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Debug, Deserialize)]
pub(in crate::web) struct Next {
    #[serde(default)]
    next: String,
}

/// The sign-in page.
pub(in crate::web) async fn new(state: Data<State>, query: Query<Next>) -> HttpResponse {
    frame::ok(&SignIn {
        frame: Frame::outside(),
        refused: None,
        demo: state.demo.as_deref(),
        next: query.into_inner().next,
        email: String::new(),
    })
}

/// Signs in.
pub(in crate::web) async fn create(
    state: Data<State>,
    request: HttpRequest,
    form: Form<SignInForm>,
) -> Result<HttpResponse, PageError> {
    if form.visitor.foreign {
        return Err(Problem::not_our_form().into());
    }
    let SignInForm {
        email,
        password,
        next,
    } = form.input;
    let peer = request
        .peer_addr()
        .map(|address| address.ip().to_string())
        .unwrap_or_default();
    for key in [
        format!("from {peer}"),
        format!("for {}", email.trim().to_lowercase()),
    ] {
        if state.tries.check_key(&key).is_err() {
            return Err(Problem::too_many_tries().into());
        }
    }
    let turn = state
        .hashing
        .clone()
        .acquire_owned()
        .await
        .map_err(|_| Problem::busy())?;
    let typed = email.clone();
    let secret = blocking::anybody(&state, move |store| {
        let _turn = turn;
        Ok(sessions::sign_in(store, State::now(), &typed, &password)?)
    })
    .await;
    match secret {
        Ok(secret) => {
            let mut answer = frame::see(own_place(&next));
            // A cookie that cannot be written would leave the person signed out, and they would see it.
            answer
                .add_cookie(&session_cookie(secret, state.https))
                .map_err(|error| Problem::busy().because(error))?;
            Ok(answer)
        }
        Err(problem) if problem.code == "refused" => {
            let page = SignIn {
                frame: Frame::outside(),
                refused: Some(problem.detail),
                demo: state.demo.as_deref(),
                next,
                email,
            };
            Ok(frame::again(&page))
        }
        Err(problem) => Err(problem.into()),
    }
}

/// Only a path of our own may follow signing in; anything else would send people to strangers.
fn own_place(next: &str) -> &str {
    let own =
        next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if own { next } else { "/" }
}

/// Signs out.
pub(in crate::web) async fn delete(
    state: Data<State>,
    form: Form<Next>,
) -> Result<HttpResponse, PageError> {
    let secret = match &form.visitor.credential {
        Some(Credential::Session(secret)) => secret.clone(),
        _ => return Ok(frame::see("/session/new")),
    };
    blocking::write(&state, form.visitor, move |store, _| {
        Ok(sessions::sign_out(store, &secret)?)
    })
    .await?;
    let mut answer = frame::see("/session/new");
    answer
        .add_cookie(&no_session_cookie(state.https))
        .map_err(|error| Problem::busy().because(error))?;
    Ok(answer)
}

#[derive(Template)]
#[template(path = "sessions/setup.html")]
struct Setup {
    frame: Frame,
    token: String,
    input: SetupForm,
    errors: Vec<FieldProblem>,
}

#[derive(Debug, Deserialize, Default)]
pub(in crate::web) struct SetupForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

/// The page on which the first administrator is made; its address holds the one-time secret.
pub(in crate::web) async fn setup(
    state: Data<State>,
    query: Query<SetupForm>,
) -> Result<HttpResponse, PageError> {
    let token = query.into_inner().token;
    let asked = token.clone();
    if !blocking::anybody(&state, move |store| {
        Ok(sessions::setup_open(store, &asked)?)
    })
    .await?
    {
        return Err(Problem::from(PersonError::SetupUsed).into());
    }
    Ok(frame::ok(&Setup {
        frame: Frame::outside(),
        token,
        input: SetupForm::default(),
        errors: Vec::new(),
    }))
}

/// Makes the first administrator and signs them in.
pub(in crate::web) async fn set_up(
    state: Data<State>,
    _visitor: Visitor,
    form: Form<SetupForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let made = blocking::anybody(&state, move |store| {
        let now = State::now();
        let person = NewPerson {
            email: &input.email,
            name: &input.name,
            role: "administrator",
            password: &input.password,
        };
        match sessions::set_up(store, now, &input.token, &input.organisation, &person) {
            Ok(id) => Ok(Ok(sessions::start(store, now, id)?)),
            Err(PersonError::Invalid(errors)) => Ok(Err((errors, input))),
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    match made {
        Ok(secret) => {
            let mut answer = frame::see("/");
            answer
                .add_cookie(&session_cookie(secret, state.https))
                .map_err(|error| Problem::busy().because(error))?;
            Ok(answer)
        }
        Err((errors, input)) => Ok(frame::again(&Setup {
            frame: Frame::outside(),
            token: input.token.clone(),
            input,
            errors,
        })),
    }
}
