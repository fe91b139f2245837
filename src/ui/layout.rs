//! Where a console stands, and which of its parts are shown there.

/// The parts by name, as authors of pages write them.
const NAMES: [&str; 6] = [
    "clock",
    "request",
    "session",
    "timeline",
    "notifications",
    "traffic",
];

/// The parts of a console on show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Whether it fills a page of its own, rather than being a figure in a document.
    pub(super) fill: bool,
    pub(super) clock: bool,
    pub(super) request: bool,
    /// One session's life: the one selected, or the newest.
    pub(super) session: bool,
    /// All sessions against time.
    pub(super) timeline: bool,
    pub(super) notifications: bool,
    pub(super) traffic: bool,
}

impl Layout {
    /// All that a page of its own shows.
    const PAGE: Self = Self {
        fill: true,
        clock: true,
        request: true,
        session: false,
        timeline: true,
        notifications: true,
        traffic: true,
    };

    /// What a figure shows unless it says otherwise.
    const FIGURE: Self = Self {
        fill: false,
        clock: true,
        request: true,
        session: true,
        timeline: false,
        notifications: false,
        traffic: false,
    };

    /// The parts that `view` names, between white space.
    ///
    /// # Errors
    /// One of them is not a part: the message lists those that are.
    pub(super) fn read(view: &str, fill: bool) -> Result<Self, String> {
        let names: Vec<_> = view.split_ascii_whitespace().collect();
        if let Some(name) = names.iter().find(|name| !NAMES.contains(name)) {
            let parts = NAMES.join(", ");
            return Err(format!(
                "view: there is no part {name:?}; the parts are {parts}"
            ));
        }
        if names.is_empty() {
            return Ok(if fill { Self::PAGE } else { Self::FIGURE });
        }
        let shown = |name| names.contains(&name);
        Ok(Self {
            fill,
            clock: shown("clock"),
            request: shown("request"),
            session: shown("session"),
            timeline: shown("timeline"),
            notifications: shown("notifications"),
            traffic: shown("traffic"),
        })
    }

    /// The classes of a page's grid: which columns it has.
    pub(super) fn work_class(self) -> &'static str {
        match (self.request, self.centre(), self.notifications) {
            (true, true, true) => "work",
            (true, true, false) => "work work--rc",
            (true, false, true) => "work work--rn",
            (false, true, true) => "work work--cn",
            _ => "work work--one",
        }
    }

    /// Whether there is something between the request and the notifications.
    pub(super) fn centre(self) -> bool {
        self.session || self.timeline || self.traffic
    }

    /// Whether it is a page with all parts: guided stories lead through them.
    pub(super) fn tells_stories(self) -> bool {
        self == Self::PAGE
    }

    /// Whether there is something below the clock.
    pub(super) fn work(self) -> bool {
        self.request || self.centre() || self.notifications
    }
}

/// The role of a part: in a document it is no landmark, which the document has for itself.
pub(super) fn role(fill: bool) -> Option<&'static str> {
    (!fill).then_some("group")
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::Layout;

    #[wasm_bindgen_test]
    fn parts_alone_and_together() {
        let read = |view, fill| Layout::read(view, fill).unwrap();
        assert_eq!(read(" ", true), Layout::PAGE);
        assert_eq!(Layout::read("", false), Ok(Layout::FIGURE));
        assert_eq!(read("clock request session", false), Layout::FIGURE);
        let alone = read("notifications", false);
        assert!(alone.notifications && !alone.request && !alone.clock);
        assert_eq!(alone.work_class(), "work work--one");
        assert_eq!(
            read("timeline\n notifications", true).work_class(),
            "work work--cn"
        );
        assert!(!read("clock", false).work());
    }

    #[wasm_bindgen_test]
    fn a_part_that_there_is_not_is_named() {
        let error = Layout::read("request time-line", false).unwrap_err();
        assert_eq!(
            error,
            "view: there is no part \"time-line\"; the parts are clock, request, session, timeline, notifications, traffic"
        );
    }
}
