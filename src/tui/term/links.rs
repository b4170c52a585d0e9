//! Links (OSC 8), for terminals that are known to support them. Others may show the address in the text.

/// Returns whether the terminal supports links, from its environment variables. Multiplexers such as tmux may not pass
/// them on.
pub(crate) fn supported(var: impl Fn(&str) -> Option<String>) -> bool {
    let term = var("TERM").unwrap_or_default();
    if var("TMUX").is_some() || var("STY").is_some() || ["tmux", "screen"].iter().any(|m| term.starts_with(m))
    {
        return false;
    }
    let known = ["xterm-kitty", "foot", "alacritty", "xterm-ghostty", "wezterm", "contour"];
    let programs = ["iTerm.app", "WezTerm", "ghostty", "vscode", "WarpTerminal", "Hyper"];
    let number = |name: &str| var(name).and_then(|v| v.parse::<u32>().ok()).unwrap_or(0);
    known.iter().any(|t| term.starts_with(t))
        || term != "dumb" && term != "linux" && !term.is_empty() && {
            var("TERM_PROGRAM").is_some_and(|p| programs.contains(&p.as_str()))
                || number("VTE_VERSION") >= 5000
                || number("KONSOLE_VERSION") >= 210_000
                || var("WT_SESSION").is_some()
                || var("KITTY_WINDOW_ID").is_some()
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_used_only_in_terminals_that_support_them() {
        let supported_by = |env: &[(&str, &str)]| {
            supported(|name| env.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
        };
        for env in [
            &[("TERM", "xterm-kitty")][..],
            &[("TERM", "foot-direct")],
            &[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")],
            &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")],
            &[("TERM", "xterm-256color"), ("WT_SESSION", "x")],
        ] {
            assert!(supported_by(env), "{env:?}");
        }
        for env in [
            &[][..],
            &[("TERM", "xterm-256color")],
            &[("TERM", "dumb"), ("VTE_VERSION", "7600")],
            &[("TERM", "linux")],
            &[("TERM", "xterm-256color"), ("VTE_VERSION", "4600")],
            &[("TERM", "tmux-256color"), ("VTE_VERSION", "7600")],
            &[("TERM", "xterm-kitty"), ("TMUX", "/tmp/t,1,0")],
            &[("TERM", "screen.xterm-256color"), ("TERM_PROGRAM", "iTerm.app")],
        ] {
            assert!(!supported_by(env), "{env:?}");
        }
    }
}
