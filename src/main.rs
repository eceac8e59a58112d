//! The command `second-story`.

fn main() -> std::process::ExitCode {
    second_story::cli::run()
}
