using Minka.Core.Accounts;
using Minka.Core.Territories;
using Minka.Web.Access;

namespace Minka.Web.Screens.Territories.Bringing;

/// <summary>The real country, for whoever administers the platform.</summary>
[May(Role.Admin)]
public sealed class BringModel(CountryDesk desk, Country country, MinkaOptions options) : CountryScreen(desk, country, options);
