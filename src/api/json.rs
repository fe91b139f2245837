//! Reading JSON member by member, keeping every breach of the schema with its place.

use serde_json::{Map, Value};

use super::hint::{self, Hint};
use super::parse::Parsed;
use super::refusal::{Breach, Offence, Refusal};
use super::stray::Stray;

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
    /// Not in the body: a parameter of the `path` or the `query`, of that name.
    Parameter(&'static str, &'static str),
}

/// The breaches found so far: the first hundred, for a body of a mebibyte can have many more.
#[derive(Default)]
pub(super) struct Offences {
    found: Vec<Offence>,
    /// There were more.
    full: bool,
    strays: Vec<Stray>,
}

const MOST_OFFENCES: usize = 100;

impl Path<'_> {
    /// `device.ipv4Address.publicPort`, `devicePorts.ranges[0].from`
    pub(super) fn dotted(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Member(Path::Root, name) | Path::Parameter(_, name) => (*name).to_owned(),
            Path::Member(parent, name) => format!("{}.{name}", parent.dotted()),
            Path::Item(parent, index) => format!("{}[{index}]", parent.dotted()),
        }
    }

    /// `/device/ipv4Address/publicPort`; empty for what is not in the body.
    pub(super) fn pointer(&self) -> String {
        match self {
            Path::Root | Path::Parameter(..) => String::new(),
            Path::Member(parent, name) => {
                let name = name.replace('~', "~0").replace('/', "~1");
                format!("{}/{name}", parent.pointer())
            }
            Path::Item(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }

    /// What a rule is about.
    pub(super) fn subject(&self) -> String {
        match self {
            Path::Root => "the body".to_owned(),
            Path::Parameter(place, name) => format!("the {place} parameter {name}"),
            Path::Member(..) | Path::Item(..) => self.dotted(),
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
            offences.suggest(hint::text(self.value));
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

    /// The same, where `suggest` may know what was meant.
    pub(super) fn parsed_or<T>(
        &self,
        offences: &mut Offences,
        (rule, reference): (&str, &'static str),
        parse: impl FnOnce(&'a str) -> Option<T>,
        suggest: fn(&str) -> Option<Hint>,
    ) -> Option<T> {
        let text = self.string(offences, reference)?;
        let parsed = parse(text);
        if parsed.is_none() {
            offences.breach(self, rule, reference);
            offences.suggest(suggest(text));
        }
        parsed
    }

    /// This as a whole number; `443.0` is one.
    pub(super) fn integer(&self, offences: &mut Offences, reference: &'static str) -> Option<i64> {
        let integer = self.value.as_i64().or_else(|| whole(self.value.as_f64()?));
        if integer.is_none() {
            offences.breach(self, "must be an integer", reference);
            offences.suggest(hint::number(self.value));
        }
        integer
    }

    /// The items, if this is an array of at least one.
    pub(super) fn items(
        &self,
        offences: &mut Offences,
        reference: &'static str,
    ) -> Vec<Member<'_>> {
        let items = self.each();
        if items.is_empty() {
            offences.breach(self, "must be an array of at least one item", reference);
        }
        items
    }

    /// The items, if this is an array.
    pub(super) fn each(&self) -> Vec<Member<'_>> {
        let items = self.value.as_array().map_or(&[][..], Vec::as_slice);
        let item = |(index, value)| Member {
            value,
            path: Path::Item(&self.path, index),
        };
        items.iter().enumerate().map(item).collect()
    }
}

impl Offences {
    /// None yet, in a body with these strays.
    pub(super) fn beside(strays: Vec<Stray>) -> Self {
        Self {
            strays,
            ..Self::default()
        }
    }

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
        self.add_as(&member.path, breach, member, rule, reference);
    }

    /// The same, where the specification's message names `path` in the member's place.
    pub(super) fn add_as(
        &mut self,
        path: &Path<'_>,
        breach: Breach,
        member: &Member<'_>,
        rule: &str,
        reference: &'static str,
    ) {
        self.push(|| Offence {
            breach,
            subject: member.path.subject(),
            path: path.dotted(),
            pointer: member.path.pointer(),
            rule: rule.to_owned(),
            seen: Some(member.value.clone()),
            reference,
            suggestion: None,
            patch: Vec::new(),
        });
    }

    /// Adds to the last breach what may help, if something does.
    pub(super) fn suggest(&mut self, hint: Option<Hint>) {
        let offence = self.found.last_mut().filter(|_| !self.full);
        if let Some((offence, hint)) = offence.zip(hint) {
            offence.patch = hint.fix.at(&offence.pointer);
            offence.suggestion = Some(hint.text);
        }
    }

    /// Notes that `parent` has no member `name`; a stray that was meant to be it helps.
    pub(super) fn missing(&mut self, parent: &Path<'_>, name: &str, reference: &'static str) {
        let path = Path::Member(parent, name);
        let dotted = path.dotted();
        let mut strays = self.strays.iter();
        let meant = strays.position(|stray| stray.target.as_ref() == Some(&dotted));
        let meant = meant.map(|index| self.strays.remove(index).offence);
        let (suggestion, patch) =
            meant.map_or((None, Vec::new()), |stray| (stray.suggestion, stray.patch));
        self.push(|| Offence {
            breach: Breach::Missing,
            subject: dotted.clone(),
            path: dotted,
            pointer: path.pointer(),
            rule: "is required".to_owned(),
            seen: None,
            reference,
            suggestion,
            patch,
        });
    }

    /// What was read, if all of it could be.
    pub(super) fn finish<T>(self, read: Option<T>) -> Result<T, Refusal> {
        Ok(self.finish_with_strays(read)?.command)
    }

    /// The same, for what is no request.
    pub(super) fn configured<T>(self, read: Option<T>) -> Result<T, Vec<Offence>> {
        match read {
            Some(read) if self.found.is_empty() => Ok(read),
            _ => Err(self.found),
        }
    }

    /// The same, with the members that are ignored; where it cannot be read, they stand behind what
    /// is wrong.
    pub(super) fn finish_with_strays<T>(mut self, read: Option<T>) -> Result<Parsed<T>, Refusal> {
        let ignored = self.strays.into_iter().map(|stray| stray.offence);
        match read {
            Some(command) if self.found.is_empty() => Ok(Parsed {
                command,
                ignored: ignored.take(MOST_OFFENCES).collect(),
            }),
            _ => {
                self.found.extend(ignored);
                self.found.truncate(MOST_OFFENCES);
                Err(Refusal::Schema(self.found))
            }
        }
    }

    fn push(&mut self, offence: impl FnOnce() -> Offence) {
        self.full = self.found.len() >= MOST_OFFENCES;
        if !self.full {
            self.found.push(offence());
        }
    }
}

fn whole(number: f64) -> Option<i64> {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "whole; what lies beyond 64 bits lies beyond any bound of the API too"
    )]
    (number.fract() == 0.0).then_some(number as i64)
}
