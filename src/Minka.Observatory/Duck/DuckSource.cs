using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Minka.Observatory.Duck;

/// <summary>Rows made here that a statement reads as a table function, <c>SELECT * FROM name()</c>: they go where the statement sends them and lie nowhere in between.</summary>
/// <remarks>One statement reads them once, on one thread. A fault while rows are made ends the statement; <see cref="Run"/> throws that fault, not the database's words for it.</remarks>
public sealed unsafe class DuckSource : DuckCells, IDisposable
{
    private readonly DuckDatabase _database;
    private readonly IReadOnlyList<(string Name, DuckColumn Kind)> _columns;
    private readonly Func<bool> _next;
    private GCHandle _self;
    private ExceptionDispatchInfo? _fault;
    private bool _ended;

    /// <summary>Registers a source.</summary>
    /// <param name="database">The database whose statements read it.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="columns">Names and types.</param>
    /// <param name="next">Writes a row or none into the source; false when there are no more.</param>
    public DuckSource(DuckDatabase database, string name, IReadOnlyList<(string Name, DuckColumn Kind)> columns, Func<DuckCells, bool> next)
        : base([.. columns.Select(c => c.Kind)])
    {
        ArgumentNullException.ThrowIfNull(database);
        (_database, _columns, _next) = (database, columns, () => next(this));
        _self = GCHandle.Alloc(this);
        var function = Native.duckdb_create_table_function();
        Native.duckdb_table_function_set_name(function, name);
        Native.duckdb_table_function_set_extra_info(function, GCHandle.ToIntPtr(_self), null);
        Native.duckdb_table_function_set_bind(function, &Bind);
        Native.duckdb_table_function_set_init(function, &Init);
        Native.duckdb_table_function_set_function(function, &Fill);
        var failed = Native.duckdb_register_table_function(database.Connection, function) != 0;
        Native.duckdb_destroy_table_function(ref function);
        if (failed)
            throw new DuckFault($"The source {name} is refused.");
    }

    private protected override void Full()
    {
    }

    /// <summary>Runs the statement that reads it.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="cancel">Interrupts it.</param>
    public void Run(DuckSql sql, CancellationToken cancel)
    {
        try
        {
            _database.Run(sql, cancel);
        }
        catch (DuckFault) when (_fault is not null)
        {
            _fault.Throw();
        }
    }

    /// <summary>Ends it; no statement may read it any more.</summary>
    public void Dispose()
    {
        if (_self.IsAllocated)
            _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(nint info)
    {
        foreach (var (name, kind) in Of(Native.duckdb_bind_get_extra_info(info))._columns)
        {
            var type = TypeOf(kind);
            Native.duckdb_bind_add_result_column(info, name, type);
            Native.duckdb_destroy_logical_type(ref type);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Init(nint info) => Native.duckdb_init_set_max_threads(info, 1);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Fill(nint info, nint chunk)
    {
        var source = Of(Native.duckdb_function_get_extra_info(info));
        try
        {
            source.Begin(chunk);
            while (!source._ended && source.Rows < source.Capacity)
                source._ended = !source._next();
            Native.duckdb_data_chunk_set_size(chunk, (ulong)source.Rows);
        }
#pragma warning disable CA1031 // No exception may cross native frames; Run throws it again on the other side.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            source._ended = true;
            source._fault = ExceptionDispatchInfo.Capture(fault);
            Native.duckdb_function_set_error(info, "The rows broke off.");
        }
    }

    private static DuckSource Of(nint extra) => (DuckSource)GCHandle.FromIntPtr(extra).Target!;
}
