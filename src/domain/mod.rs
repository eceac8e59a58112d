//! Floor 0: the rules. Pure: no input or output, no clock, no SQL, no HTTP.

/// Honest time: what people type for "when", and how it is shown again.
pub mod when;
