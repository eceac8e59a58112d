//! Own words, and names of people. No query joins them with anything.

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::sql_types::DbUuid;

    own_words (id) {
        id -> DbUuid,
        people -> Text,
        systems -> Text,
        names -> Text,
        version -> Integer,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::sql_types::DbUuid;

    name_roles (id) {
        id -> DbUuid,
        mapping -> Text,
        version -> Integer,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::sql_types::DbUuid;

    name_answers (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        name -> Text,
        reason -> Text,
        answered_at -> Timestamp,
    }
}
