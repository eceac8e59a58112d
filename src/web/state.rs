//! What handlers share.

use std::num::{NonZero, NonZeroU32};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::Semaphore;

use super::uploads::Uploads;
use crate::store::Store;

/// How often one may try to sign in, per minute, from one address or for one account.
const TRIES_A_MINUTE: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// How many password hashes are computed at once: each takes 19 MiB and a core.
const HASHES_AT_ONCE: usize = 2;

/// What handlers share; cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The store, to be passed on.
    pub store: Store,
    /// Whether people come over HTTPS, so that cookies may demand it.
    pub https: bool,
    /// What the sign-in page says of the demo, if this is one.
    pub demo: Option<Arc<Vec<(String, String)>>>,
    pub(in crate::web) tries: Arc<DefaultKeyedRateLimiter<String>>,
    pub(in crate::web) hashing: Arc<Semaphore>,
    /// How many long reads run at once.
    pub(in crate::web) long_reads: Arc<Semaphore>,
    pub(in crate::web) uploads: Uploads,
}

impl State {
    /// State for a server over this store.
    #[must_use]
    pub fn new(store: Store, https: bool, demo: Option<Vec<(String, String)>>) -> Self {
        Self {
            long_reads: Arc::new(Semaphore::new(at_once(&store))),
            store,
            https,
            demo: demo.map(Arc::new),
            tries: Arc::new(RateLimiter::keyed(Quota::per_minute(TRIES_A_MINUTE))),
            hashing: Arc::new(Semaphore::new(HASHES_AT_ONCE)),
            uploads: Uploads::default(),
        }
    }

    /// The present. The one place of this door that reads the clock.
    #[expect(
        clippy::disallowed_methods,
        reason = "a door is where the clock is read"
    )]
    pub(in crate::web) fn now() -> DateTime<Utc> {
        Utc::now()
    }
}

/// Long reads of a file keep a processor busy each. More of them at once than there are processors would end no sooner, and
/// all else would wait for its turn among them (decision 50). Another server's processors are not ours to count.
fn at_once(store: &Store) -> usize {
    if store.is_file() {
        std::thread::available_parallelism().map_or(1, NonZero::get)
    } else {
        Semaphore::MAX_PERMITS
    }
}
