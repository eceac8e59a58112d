//! Files that somebody sent to be imported: kept beside the store until they are imported, or for an hour.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::Arc;

use actix_multipart::{Field, Multipart};
use actix_web::web::{Bytes, Payload};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{Stream, StreamExt as _};
use parking_lot::Mutex;
use tempfile::NamedTempFile;

use super::problem::Problem;
use crate::domain::ids::{PersonId, RecordId};

/// The most bytes that are sent at once. A zip is not unpacked, so this is the size of an export as it is downloaded.
const MOST: u64 = 1_000_000_000;
/// The most bytes of a field that is no file.
const FIELD: usize = 4_096;
/// The most files that are sent at once.
const FILES: usize = 20;
/// How many sendings are kept, of everybody.
const KEPT: usize = 16;
/// How long they are kept, in minutes.
const MINUTES: i64 = 60;

/// What somebody sent.
#[derive(Debug, Clone)]
pub(in crate::web) struct Upload {
    person: PersonId,
    at: DateTime<Utc>,
    /// Each file with the name that it had.
    pub(in crate::web) files: Arc<Vec<(String, NamedTempFile)>>,
}

/// What was sent and not fetched yet. It goes with the process.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct Uploads(Arc<Mutex<HashMap<RecordId, Upload>>>);

impl Uploads {
    /// Keeps what was sent; the oldest go when there is no room.
    pub(in crate::web) fn keep(
        &self,
        person: PersonId,
        at: DateTime<Utc>,
        files: Vec<(String, NamedTempFile)>,
    ) -> RecordId {
        let id = RecordId::new();
        let mut kept = self.0.lock();
        kept.retain(|_, upload| at - upload.at < TimeDelta::minutes(MINUTES));
        while kept.len() >= KEPT {
            let Some(oldest) = kept
                .iter()
                .min_by_key(|(_, upload)| upload.at)
                .map(|(id, _)| *id)
            else {
                break;
            };
            kept.remove(&oldest);
        }
        let files = Arc::new(files);
        kept.insert(id, Upload { person, at, files });
        id
    }

    /// What a person sent.
    pub(in crate::web) fn of(&self, person: PersonId, id: &str) -> Result<Upload, Problem> {
        let kept = self.0.lock();
        let found = RecordId::parse(id).and_then(|id| kept.get(&id).cloned());
        found
            .filter(|upload| upload.person == person)
            .ok_or_else(Problem::not_found)
    }
}

/// What a form with files brought: its fields, and its files.
pub(in crate::web) struct Sent {
    pub(in crate::web) fields: HashMap<String, String>,
    pub(in crate::web) files: Vec<(String, NamedTempFile)>,
}

/// Reads a form with files, piece by piece.
pub(in crate::web) async fn receive(mut form: Multipart) -> Result<Sent, Problem> {
    let mut sent = Sent {
        fields: HashMap::new(),
        files: Vec::new(),
    };
    let mut left = MOST;
    while let Some(field) = form.next().await {
        let field = field
            .map_err(|error| broken_off().because(std::io::Error::other(error.to_string())))?;
        let disposition = field.content_disposition();
        let name = disposition
            .and_then(|it| it.get_name())
            .unwrap_or_default()
            .to_owned();
        match disposition
            .and_then(|it| it.get_filename())
            .map(str::to_owned)
        {
            // A browser sends an empty one where no file was chosen.
            Some(file) if file.is_empty() => drain(field).await?,
            Some(file) => {
                if sent.files.len() >= FILES {
                    return Err(Problem::unreadable(format!(
                        "Choose at most {FILES} files at a time."
                    )));
                }
                let short = file.chars().filter(|c| !c.is_control()).take(120).collect();
                sent.files
                    .push((short, save(told(field), &mut left).await?));
            }
            None => {
                sent.fields.insert(name, text(field).await?);
            }
        }
    }
    Ok(sent)
}

/// Reads a body that is one file, piece by piece.
pub(in crate::web) async fn receive_one(
    mut payload: Payload,
    name: String,
) -> Result<Sent, Problem> {
    let mut left = MOST;
    let pieces = (&mut payload).map(|piece| piece.map_err(std::io::Error::other));
    let file = save(pieces, &mut left).await?;
    Ok(Sent {
        fields: HashMap::new(),
        files: if left == MOST {
            Vec::new()
        } else {
            vec![(name, file)]
        },
    })
}

fn broken_off() -> Problem {
    Problem::unreadable("The request broke off. Send it again.")
}

async fn save(
    mut pieces: impl Stream<Item = std::io::Result<Bytes>> + Unpin,
    left: &mut u64,
) -> Result<NamedTempFile, Problem> {
    let full = |error: std::io::Error| Problem::busy().because(error);
    let mut file = NamedTempFile::new().map_err(full)?;
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|error| broken_off().because(error))?;
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        *left = left
            .checked_sub(length)
            .ok_or_else(|| Problem::too_large(usize::try_from(MOST).unwrap_or(usize::MAX)))?;
        file.write_all(&piece).map_err(full)?;
    }
    file.flush().map_err(full)?;
    Ok(file)
}

/// The pieces of a field, with what went wrong as any other reading tells it.
fn told(field: Field) -> impl Stream<Item = std::io::Result<Bytes>> + Unpin {
    field.map(|piece| piece.map_err(|error| std::io::Error::other(error.to_string())))
}

async fn text(mut field: Field) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.next().await {
        bytes.extend_from_slice(&piece.map_err(|_| broken_off())?);
        if bytes.len() > FIELD {
            return Err(Problem::too_large(FIELD));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn drain(mut field: Field) -> Result<(), Problem> {
    while let Some(piece) = field.next().await {
        piece.map_err(|_| broken_off())?;
    }
    Ok(())
}
