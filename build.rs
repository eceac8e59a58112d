//! Rebuilds the binary when a migration, template or asset changes, and says how its addresses are packed.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=src/web/assets");
    // The loader reads a list of every address in the program before it starts. Packed it takes thirty kilobytes and not two
    // megabytes, which would stay in memory. Asks for glibc 2.36 (Debian 12); linkers that do not know it pass over it.
    let target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
