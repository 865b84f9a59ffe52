using Minka.Measures.Numerics;
using Minka.Measures.Text;

namespace Minka.Selection.Tests.Measures;

public sealed class TextLikenessTests
{
    [Fact]
    public void Words_WithoutCaseAccentsLinksAndPlurals()
    {
        TextLikeness.WordsOf("Construcción de los CANALES de riego, en Ñuñoa (2 km)").ShouldBe(["construccion", "canal", "riego", "nunoa", "2", "km"]);
        TextLikeness.WordsOf("reservorios").ShouldBe(TextLikeness.WordsOf("Reservorio"));
        TextLikeness.WordsOf("  ").ShouldBeEmpty();
    }

    // Two texts, N = 2. a: w = 1·(ln(3/3)+1) = 1 each for the shared word, ln(3/2)+1 for the own one.
    [Fact]
    public void Of_TwoTextsWithOneWordInCommon_IsTheKnownAnswer()
    {
        var own = Math.Log(1.5) + 1;
        new TextLikeness(["riego alto", "riego bajo"]).Of(0, 1).ShouldBe(1 / (1 + (own * own)), 1e-12);
    }

    [Fact]
    public void Of_EqualTexts_IsOne_AndOfStrangers_Zero()
    {
        var likeness = new TextLikeness(["Riego tecnificado en Chilete", "riego TECNIFICADO en chilete.", "Camino vecinal", ""]);
        likeness.Of(0, 1).ShouldBe(1, 1e-12);
        likeness.Of(0, 2).ShouldBe(0);
        likeness.Of(0, 3).ShouldBe(0);
        likeness.Of(3, 3).ShouldBe(0);
    }

    [Fact]
    public void Pairs_AreThoseOfEachWithEach_TheMostAlikeFirst()
    {
        string[] words = ["riego", "canal", "cafe", "camino", "planta", "vivero", "queso", "puente", "agua", "feria"];
        var draws = new SeededDraws(7);
        for (var round = 0; round < 40; round++)
        {
            var texts = Enumerable.Range(0, 25).Select(_ => string.Join(' ', Enumerable.Range(0, 1 + draws.Below(6)).Select(_ => words[draws.Below(words.Length)]))).ToList();
            var likeness = new TextLikeness(texts);
            var expected = (from i in Enumerable.Range(0, texts.Count) from j in Enumerable.Range(i + 1, texts.Count - i - 1) where likeness.Of(i, j) >= 0.6 select (i, j)).ToHashSet();
            var pairs = likeness.Pairs(0.6);
            pairs.Select(p => (p.First, p.Second)).ToHashSet().SetEquals(expected).ShouldBeTrue();
            pairs.Select(p => p.Likeness).ShouldBeInOrder(SortDirection.Descending);
            pairs.ShouldAllBe(p => Math.Abs(p.Likeness - likeness.Of(p.First, p.Second)) < 1e-9 && p.Shared.Count > 0);
            likeness.Of(3, 8).ShouldBe(likeness.Of(8, 3));
        }
    }

    [Fact]
    public void Shared_NamesTheRarestWordsFirst()
    {
        var likeness = new TextLikeness(["Riego por aspersión en Magdalena", "Riego aspersion Magdalena alta", "Riego en Chilete", "Riego en Yonán"]);
        likeness.SharedBy(0, 1).ShouldBe(["aspersion", "magdalena", "riego"]);
    }

    [Fact]
    public void Pairs_AskedForNothing_AreRefused() => Should.Throw<ArgumentOutOfRangeException>(() => new TextLikeness([]).Pairs(0));
}
