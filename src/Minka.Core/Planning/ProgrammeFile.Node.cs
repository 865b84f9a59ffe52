using System.Globalization;
using System.Text.Json;
using Minka.Core.Kernel;

namespace Minka.Core.Planning;

public sealed partial record ProgrammeFile
{
    sealed partial class Reader
    {
        /// <summary>Where the text stops being JSON, and whether a NaN or an infinity stands there.</summary>
        static (string Path, bool IsNumberless) PlaceOfBreak(ReadOnlySpan<byte> text)
        {
            var names = new Stack<(string? Name, int Index)>();
            var path = new List<string>();
            var reader = new Utf8JsonReader(text);
            try
            {
                while (reader.Read())
                {
                    if (names.Count > 0 && names.Peek().Index >= 0 && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject or JsonTokenType.PropertyName)) names.Push((null, names.Pop().Index + 1));
                    if (reader.TokenType == JsonTokenType.PropertyName)
                    {
                        names.Pop();
                        names.Push((reader.GetString(), -1));
                    }
                    else if (reader.TokenType == JsonTokenType.StartObject)
                    {
                        names.Push(("", -1));
                    }
                    else if (reader.TokenType == JsonTokenType.StartArray)
                    {
                        names.Push((null, 0));
                    }
                    else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    {
                        names.Pop();
                    }
                }
            }
            catch (JsonException)
            {
                // The place is what was read until here.
            }
            // Items of a list are counted as they begin; the one that did not begin is the next.
            foreach (var (i, (name, index)) in names.Index().Reverse())
            {
                if (name is { Length: > 0 }) path.Add("." + name);
                else if (name is null) path.Add($"[{(i == 0 ? index : index - 1)}]");
            }
            var rest = System.Text.Encoding.UTF8.GetString(text[(int)reader.BytesConsumed..Math.Min(text.Length, (int)reader.BytesConsumed + 40)]).TrimStart(' ', '\t', '\r', '\n', ',', ':', '-', '+');
            return ("$" + string.Concat(path), rest.StartsWith("NaN", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("Inf", StringComparison.OrdinalIgnoreCase));
        }

        /// <summary>A value of the file with its place.</summary>
        sealed class Node(Reader owner, JsonElement element, string path)
        {
            public JsonElement Element => element;

            public string Path => path;

            public string Name => path[(path.LastIndexOf('.') + 1)..];

            public void Only(params string[] names)
            {
                if (element.ValueKind != JsonValueKind.Object)
                {
                    owner.Hinder(path, "kind-object");
                    return;
                }
                foreach (var field in element.EnumerateObject().Where(f => !names.Contains(f.Name, StringComparer.Ordinal)))
                    owner.Fault($"{path}.{field.Name}", "field-unknown", field.Name, string.Join(", ", names));
            }

            /// <summary>The field, unless it is absent or null.</summary>
            public Node? Below(string name) =>
                element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var below) && below.ValueKind != JsonValueKind.Null ? new(owner, below, $"{path}.{name}") : null;

            public IEnumerable<Node> Items(string name, bool required = false)
            {
                if (Below(name) is not { } list)
                {
                    if (required) owner.Hinder($"{path}.{name}", "missing");
                    return [];
                }
                if (list.Element.ValueKind == JsonValueKind.Array) return list.Element.EnumerateArray().Select((e, i) => new Node(owner, e, $"{list.Path}[{i}]"));
                owner.Hinder(list.Path, "kind-list");
                return [];
            }

            public IEnumerable<Node> Fields(string name)
            {
                if (Below(name) is not { } below) return [];
                if (below.Element.ValueKind == JsonValueKind.Object) return below.Element.EnumerateObject().Select(f => new Node(owner, f.Value, $"{below.Path}.{f.Name}"));
                owner.Hinder(below.Path, "kind-object");
                return [];
            }

            public string? Text(string name, bool required = false, int longest = PlanningRules.LongestName)
            {
                var text = Below(name)?.OwnText(longest);
                if (text is null && required && Below(name) is null) owner.Hinder($"{path}.{name}", "missing");
                return text;
            }

            public string? OwnText(int longest = PlanningRules.LongestName)
            {
                if (element.ValueKind != JsonValueKind.String) owner.Hinder(path, "kind-text");
                else if (element.GetString()!.Trim() is not { Length: > 0 } text) owner.Hinder(path, "empty");
                else if (text.Length > longest) owner.Hinder(path, "long", longest);
                else return text;
                return null;
            }

            /// <summary>A text or a number as it is written; null if it is absent or empty.</summary>
            public string? Scalar(string name) => Below(name) is not { } below ? null : below.Element.ValueKind switch
            {
                JsonValueKind.String => below.Element.GetString()!.Trim() is { Length: > 0 } text ? text : null,
                JsonValueKind.Number => below.Element.GetRawText(),
                _ => null,
            };

            public bool? Flag(string name)
            {
                if (Below(name) is not { } below) return null;
                if (below.Element.ValueKind is JsonValueKind.True or JsonValueKind.False) return below.Element.GetBoolean();
                owner.Fault(below.Path, "kind-flag");
                return null;
            }

            public int? Whole(string name, int least, int most)
            {
                if (Below(name) is not { } below) return null;
                if (below.Element.ValueKind == JsonValueKind.Number && below.Element.TryGetInt32(out var whole) && whole >= least && whole <= most) return whole;
                owner.Fault(below.Path, "whole", least, most);
                return null;
            }

            public int? Year(string name)
            {
                if (Below(name) is not { } below || below.Element is { ValueKind: JsonValueKind.String } text && text.GetString()!.Trim().Length == 0)
                {
                    owner.Hinder($"{path}.{name}", "year-empty");
                    return null;
                }
                if (below.Element.ValueKind == JsonValueKind.Number && below.Element.TryGetInt32(out var year) && year is >= PlanningRules.FirstYear and <= PlanningRules.LastYear) return year;
                owner.Hinder(below.Path, "year", below.Element.GetRawText(), PlanningRules.FirstYear, PlanningRules.LastYear);
                return null;
            }

            public Money? Money(string name, bool required)
            {
                if (Below(name) is { } below) return below.OwnMoney();
                if (required) owner.Hinder($"{path}.{name}", "missing");
                return null;
            }

            /// <summary>A number, or the same as text: digits, a point, two decimals at most. Nothing else is guessed; what was probably meant is told.</summary>
            public Money? OwnMoney()
            {
                var text = element.ValueKind switch { JsonValueKind.Number => element.GetRawText(), JsonValueKind.String => element.GetString()!, _ => null };
                if (text is null) return Refuse("kind-amount");
                if (text.Trim().TrimStart('-', '+') is "NaN" or "Infinity" or "∞") return Refuse("not-finite");
                if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | (element.ValueKind == JsonValueKind.Number ? NumberStyles.AllowExponent : NumberStyles.None), CultureInfo.InvariantCulture, out var amount))
                {
                    return element.ValueKind == JsonValueKind.Number ? Refuse("amount-large", Kernel.MoneyText.Largest)
                        : Kernel.MoneyText.TryParse(text, out var meant, out _) ? Refuse("amount-written", text, meant.ToString()) : Refuse("amount-form", text);
                }
                if (amount < 0) return Refuse("amount-negative", text);
                if (decimal.Round(amount, 2) != amount) return Refuse("amount-decimals", text);
                if (amount * 100 > Kernel.MoneyText.Largest.Minor) return Refuse("amount-large", Kernel.MoneyText.Largest);
                return new Money((long)(amount * 100));

                Money? Refuse(string code, params IReadOnlyList<object?> args)
                {
                    owner.Hinder(path, code, args);
                    return null;
                }
            }
        }
    }
}
