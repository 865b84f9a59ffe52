// System has an ApplicationId too.
global using ApplicationId = Minka.Core.Applications.ApplicationId;
