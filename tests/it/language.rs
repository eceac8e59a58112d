//! How well the blameless checker finds what people labelled, and how quiet it is on real texts.

mod score;
