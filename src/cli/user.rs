//! `second-story user`: people with an account.

use std::io::Read as _;

use clap::Subcommand;

use super::{Failure, Place};
use crate::app::people::{self, NewPerson, PersonError};

/// Manage people with an account.
#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Create a person and print their id.
    Create {
        /// How they sign in.
        #[arg(long)]
        email: String,
        /// How they are shown.
        #[arg(long)]
        name: String,
        /// reader, writer, keeper or administrator.
        #[arg(long)]
        role: String,
        /// Read the password from standard input.
        #[arg(long, required = true)]
        password_stdin: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Give a person a new password; they are signed out everywhere.
    Password {
        /// How they sign in.
        #[arg(long)]
        email: String,
        /// Read the password from standard input.
        #[arg(long, required = true)]
        password_stdin: bool,
        #[command(flatten)]
        place: Place,
    },
}

impl User {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::Create {
                email,
                name,
                role,
                password_stdin: _,
                place,
            } => {
                let password = password()?;
                let person = NewPerson {
                    email: &email,
                    name: &name,
                    role: &role,
                    password: &password,
                };
                let id = people::create_on_server(&place.open()?, super::now(), &person);
                super::print(&format!("{}\n", id.map_err(failure)?));
            }
            Self::Password {
                email,
                password_stdin: _,
                place,
            } => {
                let password = password()?;
                let store = place.open()?;
                people::set_password_on_server(&store, super::now(), &email, &password)
                    .map_err(failure)?;
                eprintln!("{email} has a new password.");
            }
        }
        Ok(())
    }
}

/// What stands on standard input, without the end of its line.
fn password() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| Failure::Input(format!("The password cannot be read: {error}.")))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn failure(error: PersonError) -> Failure {
    match error {
        PersonError::Invalid(problems) => Failure::Input(
            problems
                .into_iter()
                .map(|problem| problem.message)
                .collect::<Vec<_>>()
                .join("\n"),
        ),
        PersonError::Store(error) => Failure::Store(error.to_string()),
        other => Failure::Refused(other.to_string()),
    }
}
