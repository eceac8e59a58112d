//! Who may do what, beyond what they may read. (What one may read is decided in the store's queries.)

use super::people::{Actor, Role};

/// A thing that needs a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Say something about what one may read.
    Comment,
    /// Write and change post-mortems, link causes.
    Write,
    /// Approve somebody else's post-mortem.
    Review,
    /// Change taxonomy and templates.
    Keep,
    /// Manage people and settings.
    Administer,
}

impl Permission {
    /// The least role that has it.
    #[must_use]
    pub const fn least_role(self) -> Role {
        match self {
            Self::Comment => Role::Reader,
            Self::Write | Self::Review => Role::Writer,
            Self::Keep => Role::Keeper,
            Self::Administer => Role::Administrator,
        }
    }
}

/// The actor may not do this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// The role is not enough.
    #[error("This needs the role {}. Ask an administrator if you need it.", needed.label().to_lowercase())]
    Role {
        /// The least role that may.
        needed: Role,
    },
    /// The token only reads.
    #[error("This token may only read. Make one with the scope \"write\".")]
    ReadOnly,
    /// A member of a restricted post-mortem who may read it only.
    #[error(
        "You may read this post-mortem, and not change it. Its shepherd can give you write access."
    )]
    NotAnEditor,
    /// Whom a post-mortem names is decided by its shepherd and by those who may write.
    #[error("Its shepherd decides who is named here. Ask them, or somebody who may write.")]
    NotItsShepherd,
    /// What somebody said is theirs.
    #[error("Only the one who wrote a comment changes or removes it. Answer it below.")]
    NotYourComment,
    /// What is discussed is closed by those who answer for the text.
    #[error("Its shepherd resolves what is discussed, or somebody who may write. Ask them.")]
    NotYourThread,
    /// One's own work needs another reader.
    #[error("The shepherd cannot approve their own post-mortem. Ask somebody else to read it.")]
    OwnWork,
}

/// Refuses an actor who lacks a permission.
///
/// # Errors
/// [`Forbidden`] with the sentence for the person.
pub fn require(actor: &Actor, permission: Permission) -> Result<(), Forbidden> {
    if actor.read_only {
        return Err(Forbidden::ReadOnly);
    }
    let needed = permission.least_role();
    if actor.role < needed {
        return Err(Forbidden::Role { needed });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Forbidden, Permission, require};
    use crate::domain::ids::PersonId;
    use crate::domain::people::{Actor, Role};

    #[test]
    fn a_role_opens_its_own_doors_and_no_others() {
        for (role, permission, allowed) in [
            (Role::Reader, Permission::Comment, true),
            (Role::Reader, Permission::Write, false),
            (Role::Writer, Permission::Write, true),
            (Role::Writer, Permission::Review, true),
            (Role::Writer, Permission::Keep, false),
            (Role::Keeper, Permission::Keep, true),
            (Role::Keeper, Permission::Administer, false),
            (Role::Administrator, Permission::Administer, true),
        ] {
            let actor = Actor {
                person: PersonId::new(),
                role,
                read_only: false,
            };
            assert_eq!(
                require(&actor, permission).is_ok(),
                allowed,
                "{role:?} {permission:?}"
            );
        }
    }

    #[test]
    fn a_reading_token_changes_nothing_whoever_holds_it() {
        let actor = Actor {
            person: PersonId::new(),
            role: Role::Administrator,
            read_only: true,
        };
        assert_eq!(require(&actor, Permission::Write), Err(Forbidden::ReadOnly));
    }
}
