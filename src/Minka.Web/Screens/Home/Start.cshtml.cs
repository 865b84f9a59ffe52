using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Home;

[Public]
public sealed class StartModel : Screen;
