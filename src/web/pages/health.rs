//! Whether the program and its store answer. Asked by machines, so the answers are JSON.

use actix_web::{HttpResponse, web};

use crate::web::{State, blocking};

/// The process answers.
pub(in crate::web) async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({"status": "ok"}))
}

/// The store answers too; 503 while it does not.
pub(in crate::web) async fn ready(state: web::Data<State>) -> HttpResponse {
    match blocking::anybody(&state, |store| Ok(store.ping()?)).await {
        Ok(()) => HttpResponse::Ok().json(serde_json::json!({"status": "ok", "store": "ok"})),
        Err(_) => HttpResponse::ServiceUnavailable()
            .json(serde_json::json!({"status": "unavailable", "store": "unavailable"})),
    }
}
