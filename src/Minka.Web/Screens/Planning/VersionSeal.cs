using Minka.Core.Entities;
using Minka.Core.Planning;

namespace Minka.Web.Screens.Planning;

/// <summary>What proves a frozen version: its digest and the resolution that adopted it.</summary>
public sealed record VersionSeal(ProgrammeVersion Version, Resolution? Resolution, string Address, string EntitySlug);
