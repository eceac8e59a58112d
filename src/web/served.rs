//! The whole door as the server runs it: routes, and what stands around every answer.

use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::Data;
use actix_web::{App, Error};

use super::{State, configure, request_id, security};

/// How long a connection may rest between two requests.
///
/// Longer than proxies keep theirs (nginx: 60 s). If the server closes first, it may do so while a request is on its way, and
/// the proxy answers with a 502 that nobody can explain.
pub const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long the head of a request may take to arrive.
pub const HEAD_WITHIN: Duration = Duration::from_secs(10);

/// The application over what handlers share.
#[must_use]
pub fn served(
    state: Data<State>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(state)
        .wrap(from_fn(request_id))
        .wrap(security())
        .wrap(Compress::default())
        .configure(configure)
}
