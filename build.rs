//! Rebuilds the binary when a migration, template or asset changes.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=src/web/assets");
}
