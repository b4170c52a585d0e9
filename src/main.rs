//! The binary. It calls [`cvmshare::cli::run`].

fn main() -> std::process::ExitCode {
    cvmshare::cli::run()
}
