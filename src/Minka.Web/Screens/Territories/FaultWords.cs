using Minka.Core.Territories.Packs;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Territories;

/// <summary>Faults of files in words: <c>pack.CODE</c>, or the text of the rule that a row breaks.</summary>
public static class FaultWords
{
    extension(T texts)
    {
        public string Of(PackFault fault) => texts[Texts.Has("pack." + fault.Code) ? "pack." + fault.Code : "rule." + fault.Code, [.. fault.Args]];

        /// <summary>The whole line, for a terminal: file, line, column, what is wrong.</summary>
        public string LineOf(PackFault fault) =>
            fault.Line is { } line ? texts["pack.line", fault.File, $"{line}", $"{fault.Column}", texts.Of(fault)] : texts["pack.whole", fault.File, texts.Of(fault)];
    }
}
