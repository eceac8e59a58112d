//! From the errors of the use cases to problems: the one place that knows which status belongs to what.

use super::{
    EditError, Forbidden, PersonError, Problem, PublishError, ReadError, SignInError, StatusCode,
    StoreError, TokenError,
};
use crate::app::actions::ActionListError;
use crate::app::incoming::webhook::ReceiveError;
use crate::app::listing::ListError;
use crate::app::search::SearchError;
use crate::domain::publication::{Check, Level};

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::not_found(),
            StoreError::Conflict | StoreError::Exists => Self::new(
                StatusCode::CONFLICT,
                "conflict",
                "Somebody else changed this",
                "Somebody else changed this in the meantime. Reload, and look at their version first.",
            ),
            StoreError::Full => Self::new(
                StatusCode::INSUFFICIENT_STORAGE,
                "full",
                "The disk is full",
                error.to_string(),
            ),
            StoreError::Unavailable(_) => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Not just now",
                error.to_string(),
            )
            .because(error),
            StoreError::Corrupt(_) | StoreError::Database(_) => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "That went wrong on our side",
                "Nothing was changed. Try again; if it stays, tell an administrator.",
            )
            .because(error),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Store(error) => error.into(),
        }
    }
}

impl From<ReceiveError> for Problem {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Unreadable(error) => Self::unreadable(error.to_string()),
            ReceiveError::Edit(error) => error.into(),
        }
    }
}

impl From<ActionListError> for Problem {
    fn from(error: ActionListError) -> Self {
        match error {
            ActionListError::Invalid(errors) => Self::invalid(errors),
            ActionListError::Store(error) => error.into(),
        }
    }
}

impl From<ListError> for Problem {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Invalid(errors) => Self::invalid(errors),
            ListError::Store(error) => error.into(),
        }
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Invalid(errors) => Self::invalid(errors),
            SearchError::Store(error) => error.into(),
        }
    }
}

impl From<Forbidden> for Problem {
    fn from(error: Forbidden) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "You may read this, and not do that",
            error.to_string(),
        )
    }
}

fn state(sentence: &'static str) -> Problem {
    Problem::new(StatusCode::CONFLICT, "state", "Not in this state", sentence)
}

fn refused(detail: &str, checks: Vec<Check>) -> Problem {
    let open = checks
        .iter()
        .filter(|check| !check.met && check.level == Level::Required)
        .count();
    let count = if open == 1 {
        "1 required check is open".to_owned()
    } else {
        format!("{open} required checks are open")
    };
    let mut problem = Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "checks_open",
        "Not yet",
        format!("{detail} {count}."),
    );
    problem.checks = checks;
    problem
}

impl From<EditError> for Problem {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Invalid(errors) => Self::invalid(errors),
            EditError::Forbidden(error) => error.into(),
            EditError::State(sentence) => state(sentence),
            EditError::Broken(checks) => refused(
                "This change would break what the published post-mortem promises.",
                checks,
            ),
            EditError::Conflict(conflict) => {
                let mut problem = Self::new(
                    StatusCode::PRECONDITION_FAILED,
                    "stale",
                    "Somebody else changed this",
                    "Somebody else saved this in the meantime. Here are both texts; nothing is lost.",
                );
                problem.conflict = Some(conflict);
                problem
            }
            EditError::Store(error) => error.into(),
        }
    }
}

impl From<PublishError> for Problem {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Refused(checks) => refused("It cannot be published yet.", checks),
            PublishError::Forbidden(error) => error.into(),
            PublishError::State(sentence) => state(sentence),
            PublishError::Store(error) => error.into(),
        }
    }
}

impl From<PersonError> for Problem {
    fn from(error: PersonError) -> Self {
        match error {
            PersonError::Invalid(errors) => Self::invalid(errors),
            PersonError::Forbidden(error) => error.into(),
            PersonError::SetupUsed => Self::new(
                StatusCode::FORBIDDEN,
                "setup_used",
                "This link was used",
                error.to_string(),
            ),
            PersonError::LastAdministrator => Self::new(
                StatusCode::CONFLICT,
                "last_administrator",
                "One administrator must stay",
                error.to_string(),
            ),
            PersonError::Secret(_) => Self::busy().because(error),
            PersonError::Store(error) => error.into(),
        }
    }
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Refused => Self::new(
                StatusCode::UNAUTHORIZED,
                "refused",
                "That did not fit",
                error.to_string(),
            ),
            SignInError::Secret(_) => Self::busy().because(error),
            SignInError::Store(error) => error.into(),
        }
    }
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Invalid(errors) => Self::invalid(errors),
            TokenError::Nobody => Self::new(
                StatusCode::NOT_FOUND,
                "nobody",
                "Nobody there",
                error.to_string(),
            ),
            TokenError::Secret(_) => Self::busy().because(error),
            TokenError::Store(error) => error.into(),
        }
    }
}
