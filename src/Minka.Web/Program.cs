namespace Minka.Web; public sealed class Program { private static void Main(string[] args) => WebApplication.CreateBuilder(args).Build().Run(); }
