//! Which program a session was opened with, in one word.

/// Family of the browser or client behind a `User-Agent` line, e.g. `Firefox`. The line itself is
/// never kept: it says more about a person than a list of sessions needs.
#[must_use]
pub fn family(user_agent: &str) -> &'static str {
    // The order matters: Edge and Opera call themselves Chrome, Chrome calls itself Safari
    const KNOWN: [(&str, &str); 11] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
        ("python", "Python"),
        ("PostmanRuntime/", "Postman"),
    ];
    KNOWN.iter().find(|(mark, _)| user_agent.contains(mark)).map_or("Other", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn families_are_told_apart() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
                      Chrome/140.0.0.0 Safari/537.36";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 \
                      (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(family(chrome), "Chrome");
        assert_eq!(family(&format!("{chrome} Edg/140.0.0.0")), "Edge");
        assert_eq!(family(iphone), "Safari");
        assert_eq!(family("curl/8.5.0"), "curl");
        assert_eq!(family(""), "Other");
    }
}
