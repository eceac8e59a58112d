//! Random secrets and their hashes; passwords.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest as _, Sha256};

use crate::domain::people::Password;

/// A secret could not be made: the operating system gave no random bytes, or a hash could not be computed.
#[derive(Debug, thiserror::Error)]
#[error("No secret could be made: {0}")]
pub struct SecretError(String);

/// 256 random bits as 64 hexadecimal digits.
pub(super) fn random() -> Result<String, SecretError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| SecretError(error.to_string()))?;
    Ok(hex(&bytes))
}

/// What the store keeps of a random secret. (A fast hash is enough: nobody guesses 256 random bits.)
pub(super) fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)])
        .collect()
}

/// Argon2id with 19 MiB, two passes, one lane: the OWASP password storage recommendation.
fn argon2() -> Result<Argon2<'static>, SecretError> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| SecretError(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password. Takes tens of milliseconds and 19 MiB.
pub(super) fn hash(password: &Password) -> Result<String, SecretError> {
    argon2()?
        .hash_password(password.reveal().as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| SecretError(error.to_string()))
}

/// Whether a password belongs to a hash; as slow for an unknown person, so that nobody learns who has an account.
pub(super) fn verify(typed: &str, hash: Option<&str>) -> Result<bool, SecretError> {
    let known = hash.is_some();
    let matches = argon2()?
        .verify_password(typed.as_bytes(), hash.unwrap_or(NOBODY))
        .is_ok();
    Ok(known && matches)
}

/// The hash of a password that nobody has, with the same parameters.
pub(super) const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2Vjb25kIHN0b3J5IG9uZQ$dGhpcyBpcyBub3QgYSBoYXNoIG9mIGFueXRoaW5nISE";

#[cfg(test)]
mod tests {
    use super::{digest, hash, random, verify};
    use crate::domain::people::Password;

    #[test]
    fn a_password_opens_its_own_hash_only() {
        let kept = hash(&Password::parse("correct horse battery").unwrap()).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("correct horse battery", Some(&kept)).unwrap());
        assert!(!verify("correct horse batterie", Some(&kept)).unwrap());
        assert!(!verify("correct horse battery", None).unwrap());
    }

    #[test]
    fn secrets_differ_and_are_kept_as_digests() {
        let (one, other) = (random().unwrap(), random().unwrap());
        assert_ne!(one, other);
        assert_eq!((one.len(), digest(&one).len()), (64, 64));
    }
}
