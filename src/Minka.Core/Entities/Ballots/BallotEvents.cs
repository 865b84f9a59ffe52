using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities.Ballots;

public sealed record BallotBoxOpened(BallotBoxId BoxId, AssemblyId AssemblyId, BallotSubject Subject, Guid SubjectId, Digest PaperDigest) : IEvent;

/// <summary>That somebody took part; what was voted is in no event before the count.</summary>
public sealed record BallotTaken(BallotBoxId BoxId, MemberId MemberId, bool OnPaper) : IEvent;

public sealed record PaperCountTyped(BallotBoxId BoxId, int Round) : IEvent;

/// <param name="BallotsDigest">Of all ballots in the order of their ids.</param>
/// <param name="CodesDigest">Of all receipts' codes in order.</param>
public sealed record BallotBoxCounted(BallotBoxId BoxId, long Ballots, int Participants, Digest CountDigest, Digest BallotsDigest, Digest CodesDigest) : IEvent;

public sealed record BallotBoxAnnulled(BallotBoxId BoxId) : IEvent;
