//! Typed identifiers.

use core::{fmt, hash::Hash, marker::PhantomData, str::FromStr};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// A UUID v7 that names one kind of entity. `Id<Study>` and `Id<Site>` do not mix.
///
/// It is written as the bare UUID (JSON, URLs, database); people see codes instead.
pub struct Id<T> {
    uuid: Uuid,
    kind: PhantomData<fn() -> T>,
}

/// The entity that an [`Id`] names.
pub trait Entity {
    /// The word for it in error messages and in the audit trail, in snake case.
    const NAME: &'static str;
}

macro_rules! entities {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {}
        impl Entity for $name {
            const NAME: &'static str = $word;
        }
        // The derive asks it of the parameter of `Id<…>`
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                uuid_schema()
            }
        }
        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )*};
}

entities! {
    /// A member of staff with an account.
    User = "user";
    /// A signed-in period of a member of staff.
    UserSession = "user_session";
    /// A signed-in period of a participant in the patient portal.
    PortalSession = "portal_session";
    /// Failed password sign-ins of one address.
    LoginCounter = "login_counter";
    /// A single-use link sent by mail.
    MagicLink = "magic_link";
    Study = "study";
    Site = "site";
    Participant = "participant";
    VisitWindow = "visit_window";
    ScheduledVisit = "scheduled_visit";
    Battery = "battery";
    /// A battery given to a participant.
    Assignment = "assignment";
    /// One run of a battery by a participant.
    Session = "session";
    /// One module (task with its parameters) within a battery.
    BatteryModule = "battery_module";
    AuditEntry = "audit_entry";
    Job = "job";
    /// A message kept in the local outbox of a demonstration.
    Mail = "mail";
    /// One HTTP request, for support and audit.
    Request = "request";
}

impl<T> Id<T> {
    /// Names `uuid` as an identifier of `T`.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, kind: PhantomData }
    }

    /// The bare UUID, for the database.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.fmt(f)
    }
}
impl<T: Entity> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", T::NAME, self.uuid)
    }
}
impl<T> From<Uuid> for Id<T> {
    fn from(uuid: Uuid) -> Self {
        Self::from_uuid(uuid)
    }
}
impl<T> From<Id<T>> for Uuid {
    fn from(id: Id<T>) -> Self {
        id.uuid
    }
}
impl<T> FromStr for Id<T> {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::from_uuid)
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.uuid.serialize(serializer)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::from_uuid)
    }
}

#[cfg(feature = "openapi")]
fn uuid_schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    use utoipa::openapi::{KnownFormat, ObjectBuilder, SchemaFormat, schema::Type};
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
        .into()
}
// What the derive asks of a type with a parameter; `PartialSchema` follows from it
#[cfg(feature = "openapi")]
impl<T> utoipa::__dev::ComposeSchema for Id<T> {
    fn compose(
        _: Vec<utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>>,
    ) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        uuid_schema()
    }
}
#[cfg(feature = "openapi")]
impl<T: Entity> utoipa::ToSchema for Id<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("Id_{}", T::NAME).into()
    }
}
