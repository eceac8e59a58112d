//! Moving something within its list, over the API.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::FieldProblem;
use crate::domain::order::Place;
use crate::web::problem::Problem;

/// Where something is moved to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct PlaceBody {
    /// `up`, `down`, or a place counted from 1, as text.
    place: String,
}

impl PlaceBody {
    /// Reads it.
    pub(in crate::web) fn read(&self) -> Result<Place, Problem> {
        read_place(&self.place)
    }
}

/// Reads where something is moved to.
pub(in crate::web) fn read_place(typed: &str) -> Result<Place, Problem> {
    Place::parse(typed).ok_or_else(|| {
        Problem::invalid(vec![FieldProblem::new(
            "place",
            "Say \"up\", \"down\", or a place counted from 1.",
        )])
    })
}
