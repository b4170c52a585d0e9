//! Links (OSC 8), for the terminals that are known to take them. Others may show the address in the middle of a row.

/// Whether the terminal of this environment takes links. What stands between it and us may not.
pub(crate) fn taken(var: impl Fn(&str) -> Option<String>) -> bool {
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
    fn only_terminals_that_are_known_to_take_them() {
        let takes = |env: &[(&str, &str)]| {
            taken(|name| env.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
        };
        for env in [
            &[("TERM", "xterm-kitty")][..],
            &[("TERM", "foot-direct")],
            &[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")],
            &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")],
            &[("TERM", "xterm-256color"), ("WT_SESSION", "x")],
        ] {
            assert!(takes(env), "{env:?}");
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
            assert!(!takes(env), "{env:?}");
        }
    }
}
