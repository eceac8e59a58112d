//! The folder of an archive: files that only their owner may read, and that are read without trusting them.

use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::ArchiveError;
use super::manifest::Entry;

/// The folders in an archive.
const FOLDERS: [&str; 2] = ["tables", "postmortems"];

/// The folder of an archive.
pub(super) struct Folder(PathBuf);

/// A file that is being written.
pub(super) struct Sink {
    path: PathBuf,
    name: String,
    file: BufWriter<File>,
    digest: Sha256,
    bytes: u64,
}

impl Folder {
    /// Makes a new folder, or takes an empty one.
    pub(super) fn create(path: &Path) -> Result<Self, ArchiveError> {
        let folder = Self(path.to_owned());
        let taken = || ArchiveError::Exists(path.to_owned());
        match fs::read_dir(path) {
            Ok(mut entries) => {
                if entries.next().is_some() {
                    return Err(taken());
                }
            }
            Err(_) if fs::symlink_metadata(path).is_ok() => return Err(taken()),
            Err(_) => private_folder(path).map_err(|error| file(path, error))?,
        }
        for name in FOLDERS {
            let path = folder.path(name);
            private_folder(&path).map_err(|error| file(&path, error))?;
        }
        Ok(folder)
    }

    /// A folder that is said to be an archive.
    pub(super) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Takes away what an export that failed has written.
    pub(super) fn clear(&self) {
        for name in FOLDERS {
            if let Err(error) = fs::remove_dir_all(self.path(name)) {
                tracing::warn!(%error, "an unfinished archive could not be removed");
            }
        }
        // Stays if it holds anything else.
        let _ = fs::remove_file(self.path(super::manifest::NAME));
        let _ = fs::remove_dir(&self.0);
    }

    /// Begins a file.
    pub(super) fn begin(&self, name: &str) -> Result<Sink, ArchiveError> {
        let path = self.path(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let opened = options.open(&path).map_err(|error| file(&path, error))?;
        Ok(Sink {
            path,
            name: name.to_owned(),
            file: BufWriter::new(opened),
            digest: Sha256::new(),
            bytes: 0,
        })
    }

    /// Opens a file of the archive: a plain one within the folder, never a link to somewhere else.
    pub(super) fn open(&self, name: &str) -> Result<BufReader<File>, ArchiveError> {
        let mut path = self.0.clone();
        for part in name.split('/') {
            path.push(part);
            let found = fs::symlink_metadata(&path).map_err(|error| self.missing(name, error))?;
            if found.is_symlink() {
                return Err(self.broken(name, "It is a link, and an archive has none."));
            }
        }
        if !path.is_file() {
            return Err(self.broken(name, "It is no file."));
        }
        let opened = File::open(&path).map_err(|error| file(&path, error))?;
        Ok(BufReader::new(opened))
    }

    fn missing(&self, name: &str, error: std::io::Error) -> ArchiveError {
        use std::io::ErrorKind::{NotADirectory, NotFound};
        if matches!(error.kind(), NotFound | NotADirectory) {
            self.broken(
                name,
                "It is missing: this is no archive, or its export did not finish.",
            )
        } else {
            file(&self.path(name), error)
        }
    }

    pub(super) fn broken(&self, name: &str, reason: impl Into<String>) -> ArchiveError {
        ArchiveError::Broken {
            path: self.path(name),
            reason: reason.into(),
        }
    }

    /// Reads a file that has at most so many bytes.
    pub(super) fn whole(&self, name: &str, most: u64) -> Result<Vec<u8>, ArchiveError> {
        let mut bytes = Vec::new();
        self.open(name)?
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| file(&self.path(name), error))?;
        if bytes.len().try_into().unwrap_or(u64::MAX) > most {
            return Err(self.broken(name, format!("It is longer than {most} bytes.")));
        }
        Ok(bytes)
    }

    /// Opens a file of the list, if it is as long as the list says.
    pub(super) fn listed(&self, entry: &Entry) -> Result<BufReader<File>, ArchiveError> {
        let opened = self.open(&entry.path)?;
        let length = opened.get_ref().metadata();
        let length = length
            .map_err(|error| file(&self.path(&entry.path), error))?
            .len();
        if length == entry.bytes {
            return Ok(opened);
        }
        let reason = format!(
            "It has {length} bytes and had {} when it was exported: it was changed or not copied whole.",
            entry.bytes
        );
        Err(self.broken(&entry.path, reason))
    }

    /// Refuses a file whose digest is not that of the list.
    pub(super) fn compare(&self, entry: &Entry, digest: Sha256) -> Result<(), ArchiveError> {
        if hexadecimal(digest) == entry.sha256 {
            return Ok(());
        }
        Err(self.broken(
            &entry.path,
            "Its digest is not that of the list: it was changed since it was exported.",
        ))
    }
}

impl Sink {
    pub(super) fn write(&mut self, text: &str) -> Result<(), ArchiveError> {
        self.digest.update(text.as_bytes());
        let length: u64 = text.len().try_into().unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_add(length);
        self.file
            .write_all(text.as_bytes())
            .map_err(|error| file(&self.path, error))
    }

    /// Ends the file; it is on the disk when this returns.
    pub(super) fn finish(self, rows: Option<u64>) -> Result<Entry, ArchiveError> {
        let failed = |error| file(&self.path, error);
        let inner = self.file.into_inner();
        let inner = inner.map_err(|error| failed(error.into_error()))?;
        inner.sync_all().map_err(failed)?;
        Ok(Entry {
            path: self.name,
            rows,
            bytes: self.bytes,
            sha256: hexadecimal(self.digest),
        })
    }
}

/// A digest as it stands in the list.
pub(super) fn hexadecimal(digest: Sha256) -> String {
    let bytes = digest.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn file(path: &Path, source: std::io::Error) -> ArchiveError {
    ArchiveError::File {
        path: path.to_owned(),
        source,
    }
}

/// Makes a folder that nobody else may look into.
fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
