//! `second-story token`: API tokens.

use clap::Subcommand;

use super::{Failure, Place};
use crate::app::tokens::{self, TokenError};

/// Manage API tokens.
#[derive(Debug, Subcommand)]
pub(super) enum Token {
    /// Create a token and print it alone.
    Create {
        /// Whose token it is.
        #[arg(long)]
        email: String,
        /// read or write.
        #[arg(long)]
        scope: String,
        /// What its owner calls it.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        place: Place,
    },
}

impl Token {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self::Create {
            email,
            scope,
            name,
            place,
        } = self;
        let secret = tokens::create_on_server(&place.open()?, super::now(), &email, &name, &scope)
            .map_err(failure)?;
        println!("{secret}");
        Ok(())
    }
}

fn failure(error: TokenError) -> Failure {
    match error {
        TokenError::Invalid(problems) => Failure::Input(
            problems
                .into_iter()
                .map(|problem| problem.message)
                .collect::<Vec<_>>()
                .join("\n"),
        ),
        TokenError::Store(error) => Failure::Store(error.to_string()),
        other => Failure::Refused(other.to_string()),
    }
}
