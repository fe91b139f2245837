//! Reading JSON member by member, keeping every breach of the schema with its place.

use serde_json::{Map, Value};

use super::refusal::{Breach, Offence};

/// A value of the body, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Member<'a> {
    pub(super) value: &'a Value,
    pub(super) path: Path<'a>,
}

/// The way from the body's root to a member.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

/// The breaches found so far.
#[derive(Default)]
pub(super) struct Offences(pub(super) Vec<Offence>);

impl Path<'_> {
    /// `device.ipv4Address.publicPort`, `devicePorts.ranges[0].from`
    pub(super) fn dotted(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Member(Path::Root, name) => (*name).to_owned(),
            Path::Member(parent, name) => format!("{}.{name}", parent.dotted()),
            Path::Item(parent, index) => format!("{}[{index}]", parent.dotted()),
        }
    }

    /// `/device/ipv4Address/publicPort`; no name of the API needs escaping.
    pub(super) fn pointer(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Member(parent, name) => format!("{}/{name}", parent.pointer()),
            Path::Item(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }
}

impl<'a> Member<'a> {
    /// The member of that name, if this is an object that has one.
    pub(super) fn get<'b>(&'b self, name: &'b str) -> Option<Member<'b>> {
        let value = self.value.get(name)?;
        Some(Member {
            value,
            path: Path::Member(&self.path, name),
        })
    }

    /// This as an object.
    pub(super) fn object(
        &self,
        offences: &mut Offences,
        reference: &'static str,
    ) -> Option<&'a Map<String, Value>> {
        let object = self.value.as_object();
        if object.is_none() {
            offences.breach(self, "must be an object", reference);
        }
        object
    }

    /// This as text.
    pub(super) fn string(
        &self,
        offences: &mut Offences,
        reference: &'static str,
    ) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            offences.breach(self, "must be a string", reference);
        }
        text
    }

    /// This as text that `parse` makes something of.
    pub(super) fn parsed<T>(
        &self,
        offences: &mut Offences,
        (rule, reference): (&str, &'static str),
        parse: impl FnOnce(&'a str) -> Option<T>,
    ) -> Option<T> {
        let parsed = parse(self.string(offences, reference)?);
        if parsed.is_none() {
            offences.breach(self, rule, reference);
        }
        parsed
    }

    /// This as a whole number; `443.0` is one.
    pub(super) fn integer(&self, offences: &mut Offences, reference: &'static str) -> Option<i64> {
        let integer = self.value.as_i64().or_else(|| whole(self.value.as_f64()?));
        if integer.is_none() {
            offences.breach(self, "must be an integer", reference);
        }
        integer
    }

    /// The items, if this is an array of at least one.
    pub(super) fn items(
        &self,
        offences: &mut Offences,
        reference: &'static str,
    ) -> Vec<Member<'_>> {
        let items = self.value.as_array().map_or(&[][..], Vec::as_slice);
        if items.is_empty() {
            offences.breach(self, "must be an array of at least one item", reference);
        }
        let item = |(index, value)| Member {
            value,
            path: Path::Item(&self.path, index),
        };
        items.iter().enumerate().map(item).collect()
    }
}

impl Offences {
    /// Notes that `member` breaks `rule`.
    pub(super) fn breach(&mut self, member: &Member<'_>, rule: &str, reference: &'static str) {
        self.add(Breach::Other, member, rule, reference);
    }

    pub(super) fn add(
        &mut self,
        breach: Breach,
        member: &Member<'_>,
        rule: &str,
        reference: &'static str,
    ) {
        self.0.push(Offence {
            breach,
            path: member.path.dotted(),
            pointer: member.path.pointer(),
            rule: rule.to_owned(),
            seen: Some(member.value.clone()),
            reference,
            suggestion: None,
        });
    }

    /// Notes that `parent` has no member `name`, and what may help.
    pub(super) fn missing(
        &mut self,
        parent: &Path<'_>,
        name: &str,
        reference: &'static str,
        suggestion: Option<String>,
    ) {
        let path = Path::Member(parent, name);
        self.0.push(Offence {
            breach: Breach::Missing,
            path: path.dotted(),
            pointer: path.pointer(),
            rule: "is required".to_owned(),
            seen: None,
            reference,
            suggestion,
        });
    }
}

fn whole(number: f64) -> Option<i64> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "whole; what lies beyond 64 bits lies beyond any bound of the API too"
    )]
    (number.fract() == 0.0).then_some(number as i64)
}
