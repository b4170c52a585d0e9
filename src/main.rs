//! The thin binary.

fn main() -> std::process::ExitCode {
    cvmshare::cli::run()
}
