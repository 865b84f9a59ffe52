using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Applications;

/// <summary>A file that a form sent.</summary>
public sealed record Upload(byte[] Bytes, string Name)
{
    /// <summary>The whole form with its files, in bytes.</summary>
    public const int Largest = 12 * 1024 * 1024;

    public static async Task<Upload?> ReadAsync(IFormFile? file, CancellationToken cancel)
    {
        if (file is not { Length: > 0 }) return null;
        using var memory = new MemoryStream((int)Math.Min(file.Length, Largest));
        await file.CopyToAsync(memory, cancel);
        return new(memory.ToArray(), file.FileName);
    }

    /// <summary>Why it is refused, or null.</summary>
    public string? Fault(T t)
    {
        try
        {
            FileStore.Judge(Bytes, Name);
            return null;
        }
        catch (RuleBroken broken)
        {
            return t.Of(broken);
        }
    }
}
