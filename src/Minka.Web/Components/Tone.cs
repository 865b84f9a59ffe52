namespace Minka.Web.Components;

/// <summary>What a state means to the reader. Always shown as shape and word, never as colour alone.</summary>
public enum Tone { Neutral, Met, Attention, Broken, Info }

public static class Tones
{
    public static string Shape(this Tone tone) => tone switch
    {
        Tone.Met => "●",
        Tone.Attention => "▲",
        Tone.Broken => "■",
        Tone.Info => "◆",
        _ => "○",
    };

    internal static string Css(this Tone tone) => tone switch
    {
        Tone.Met => "met",
        Tone.Attention => "soon",
        Tone.Broken => "bad",
        Tone.Info => "info",
        _ => "flat",
    };

    internal static string Word(this Tone tone) => Words.Say(tone switch
    {
        Tone.Met => "met",
        Tone.Attention => "attention",
        Tone.Broken => "broken",
        Tone.Info => "info",
        _ => "neutral",
    });

    internal static Markup Tag(this Tone tone, string word) =>
        Markup.Of($"<span class=\"tag {tone.Css()}\"><span aria-hidden=\"true\">{tone.Shape()}</span> {word}</span>");
}
