using Minka.Core.Kernel;
using Minka.Core.Planning.Bank;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>Faults of tables in words.</summary>
static class BankWords
{
    public static string Of(T t, BankFault fault) => t[(fault.Code.StartsWith("money.", StringComparison.Ordinal) ? "planning.import." : "bank.import.") + fault.Code, fault.Args];

    public static string Short(BasisPoints share) => Format.Number(share.Value / 100m, 0) + " %";
}
