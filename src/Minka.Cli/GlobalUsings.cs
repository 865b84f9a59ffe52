// System has an ApplicationId too.
