//! People with an account: their role, and who is acting.

use super::codes::coded;
use super::ids::PersonId;
use super::text::{TextProblem, folded};

coded! {
    /// What a person may do in the organisation; each role includes the ones before it.
    Role {
        /// Reads what the organisation may read.
        Reader = "reader", "Reader";
        /// Writes and reviews post-mortems.
        Writer = "writer", "Writer";
        /// Keeps the taxonomy and the templates.
        Keeper = "keeper", "Keeper";
        /// Manages people, tokens and settings.
        Administrator = "administrator", "Administrator";
    }
}

coded! {
    /// What an API token may do.
    Scope {
        /// Reads only.
        Read = "read", "Read";
        /// Reads and writes, as far as the person's role goes.
        Write = "write", "Read and write";
    }
}

/// An e-mail address, in the one spelling by which people are found: lower case, no white space around it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

/// Why an e-mail address was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("This does not look like an e-mail address. Write it as name@example.org.")]
pub struct EmailProblem;

impl EmailAddress {
    /// Parses an address: something, one `@`, a domain; at most 254 characters.
    ///
    /// # Errors
    /// [`EmailProblem`] for anything else. Whether the mailbox exists is not asked.
    pub fn parse(typed: &str) -> Result<Self, EmailProblem> {
        let text = folded(typed);
        let (name, domain) = text.split_once('@').ok_or(EmailProblem)?;
        let plain = !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
        if name.is_empty()
            || domain.is_empty()
            || domain.contains('@')
            || !plain
            || text.len() > 254
        {
            return Err(EmailProblem);
        }
        Ok(Self(text))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password that is long enough to be worth hashing. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// The fewest characters of a password (NIST SP 800-63B asks for at least eight; length beats rules).
pub const PASSWORD_CHARACTERS: usize = 12;

impl Password {
    /// Takes a new password.
    ///
    /// # Errors
    /// [`PasswordProblem`] if it has fewer than [`PASSWORD_CHARACTERS`] characters or more than 1,000 bytes.
    pub fn parse(typed: &str) -> Result<Self, PasswordProblem> {
        if typed.chars().count() < PASSWORD_CHARACTERS {
            return Err(PasswordProblem::Short);
        }
        if typed.len() > 1000 {
            return Err(PasswordProblem::Long);
        }
        Ok(Self(typed.to_owned()))
    }

    /// The password itself, for hashing.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(hidden)")
    }
}

/// Why a new password was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    /// Too short.
    #[error(
        "The password is too short. Use at least {PASSWORD_CHARACTERS} characters; a few words in a row are fine."
    )]
    Short,
    /// Too long.
    #[error("The password is too long. At most 1,000 bytes fit.")]
    Long,
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// How they sign in.
    pub email: EmailAddress,
    /// How they are shown to colleagues.
    pub name: super::text::Line,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in at all.
    pub active: bool,
}

/// Who is acting in a use case: always a person, seen through their role and, with a token, its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// Their role.
    pub role: Role,
    /// Whether what they came with (a token of scope `read`) forbids changes.
    pub read_only: bool,
}

/// A person's name, one line.
///
/// # Errors
/// As [`super::text::Line::parse`].
pub fn name(typed: &str) -> Result<super::text::Line, TextProblem> {
    super::text::Line::parse("The name", typed)
}

#[cfg(test)]
mod tests {
    use super::{EmailAddress, Password, Role};

    #[test]
    fn an_address_is_folded_and_its_shape_is_checked() {
        assert_eq!(
            EmailAddress::parse(" Ana@Example.ORG ").unwrap().as_str(),
            "ana@example.org"
        );
        for bad in [
            "", "ana", "@x", "ana@", "a@b@c", "a b@c", "a\u{0}@c", "<a@c>",
        ] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn roles_include_the_ones_before_them() {
        assert!(
            Role::Administrator > Role::Keeper
                && Role::Keeper > Role::Writer
                && Role::Writer > Role::Reader
        );
    }

    #[test]
    fn a_password_is_never_printed() {
        let password = Password::parse("correct horse battery").unwrap();
        assert_eq!(format!("{password:?}"), "Password(hidden)");
        assert!(Password::parse("short").is_err());
    }
}
