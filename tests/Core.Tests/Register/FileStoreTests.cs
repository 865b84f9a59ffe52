using System.IO.Compression;
using System.Text;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Register;

public sealed class FileStoreTests
{
    public static TheoryData<string, byte[], string?> Files => new()
    {
        { "pdf", [.. "%PDF-1.7\n"u8], FileTypes.Pdf },
        { "jpeg", [0xff, 0xd8, 0xff, 0xe0, 1, 2], FileTypes.Jpeg },
        { "png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], FileTypes.Png },
        { "csv", [.. "a;b\n1;2\n"u8], FileTypes.Csv },
        { "csv with mark", [0xef, 0xbb, 0xbf, .. "a,b\n"u8], FileTypes.Csv },
        { "workbook", Zip("[Content_Types].xml", "xl/workbook.xml"), FileTypes.Xlsx },
        { "workbook with macros", Zip("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), null },
        { "document", Zip("[Content_Types].xml", "word/document.xml"), null },
        { "broken zip", [.. "PK\x03\x04 and nothing"u8], null },
        { "program", [.. "MZ\x90\0"u8], null },
        { "page", [.. "<html>,</html>"u8], null },
        { "script", [.. "#!/bin/sh, rm\n"u8], null },
        { "text", [.. "only words\n"u8], null },
        { "latin-1", [0x61, 0x2c, 0xe1, 0x0a], null },
        { "zeros", [0, 0, 0, 0], null },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Type_IsToldByTheBytes(string name, byte[] bytes, string? type) => FileTypes.Of(bytes).ShouldBe(type, name);

    [Fact]
    public void Files_ThatAreNotWelcome_AreRefusedWithTheirReason()
    {
        Should.Throw<RuleBroken>(() => FileStore.Judge([], "a.pdf")).Code.ShouldBe("file.empty");
        Should.Throw<RuleBroken>(() => FileStore.Judge([.. "MZ"u8], "acta.pdf")).Code.ShouldBe("file.type-refused");
        var large = new byte[FileStore.Largest + 1];
        "%PDF-"u8.CopyTo(large);
        Should.Throw<RuleBroken>(() => FileStore.Judge(large, "a.pdf")).Code.ShouldBe("file.too-large");
        FileStore.Judge(large[..FileStore.Largest], "a.pdf").Size.ShouldBe(FileStore.Largest);
        FileStore.Judge([.. "%PDF-"u8], "..\\..\\acta\n1.pdf").Name.ShouldBe("acta1.pdf");
    }

    [Fact]
    public async Task Bytes_AreKeptOnceUnderTheirDigest_AndACorruptedOneIsTold()
    {
        await using var database = await TestDatabase.CreateAsync();
        var store = new FileStore(database.Settings);
        var bytes = Encoding.ASCII.GetBytes("%PDF-1.7 contenido");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.PutAsync(bytes, "a.pdf")));
        var digest = Digest.Of(bytes);
        (await store.ReadAsync(digest)).ShouldBe(bytes);
        Directory.GetFiles(Path.Combine(database.Settings.DataFolder, "files"), "*", SearchOption.AllDirectories).Length.ShouldBe(1);
        bytes[^1]++;
        await File.WriteAllBytesAsync(store.PathOf(digest), bytes);
        await Should.ThrowAsync<InvalidDataException>(() => store.ReadAsync(digest));
        await Should.ThrowAsync<NotFound>(() => store.ReadAsync(Digest.Of("absent")));
    }

    static byte[] Zip(params string[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries) zip.CreateEntry(entry);
        }
        return stream.ToArray();
    }
}
