using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Territories;

namespace Minka.Core.Entities;

public static class EntitiesTables
{
    extension(AppDb db)
    {
        public DbSet<CoordinationEntity> CoordinationEntities => db.Set<CoordinationEntity>();
        public DbSet<EntityProvince> EntityProvinces => db.Set<EntityProvince>();
        public DbSet<Member> Members => db.Set<Member>();
        public DbSet<MemberProfile> MemberProfiles => db.Set<MemberProfile>();
        public DbSet<MemberDraft> MemberDrafts => db.Set<MemberDraft>();
        public DbSet<Representation> Representations => db.Set<Representation>();
        public DbSet<EntityStatute> EntityStatutes => db.Set<EntityStatute>();
        public DbSet<Assembly> Assemblies => db.Set<Assembly>();
        public DbSet<AgendaItem> AgendaItems => db.Set<AgendaItem>();
        public DbSet<PlannedSession> PlannedSessions => db.Set<PlannedSession>();
        public DbSet<RollSeat> RollSeats => db.Set<RollSeat>();
        public DbSet<Attendance> Attendances => db.Set<Attendance>();
        public DbSet<Motion> Motions => db.Set<Motion>();
        public DbSet<Vote> Votes => db.Set<Vote>();
        public DbSet<MotionParty> MotionParties => db.Set<MotionParty>();
        public DbSet<Withdrawal> Withdrawals => db.Set<Withdrawal>();
        public DbSet<Proxy> Proxies => db.Set<Proxy>();
        public DbSet<SessionBreak> SessionBreaks => db.Set<SessionBreak>();
        public DbSet<Amendment> Amendments => db.Set<Amendment>();
        public DbSet<ShowOfHands> ShowsOfHands => db.Set<ShowOfHands>();
        public DbSet<Objection> Objections => db.Set<Objection>();
        public DbSet<WrittenProcedure> WrittenProcedures => db.Set<WrittenProcedure>();
        public DbSet<Resolution> Resolutions => db.Set<Resolution>();
        public DbSet<ResolutionTask> ResolutionTasks => db.Set<ResolutionTask>();
        public DbSet<ResolutionFollowUp> ResolutionFollowUps => db.Set<ResolutionFollowUp>();
        public DbSet<EntityDissolution> EntityDissolutions => db.Set<EntityDissolution>();
        public DbSet<Interest> Interests => db.Set<Interest>();
        public DbSet<InterestKey> InterestKeys => db.Set<InterestKey>();
        public DbSet<EntityTerritory> EntityTerritories => db.Set<EntityTerritory>();
        public DbSet<BoardSeat> BoardSeats => db.Set<BoardSeat>();
    }
}

sealed class CoordinationEntityMapping : IEntityTypeConfiguration<CoordinationEntity>
{
    public void Configure(EntityTypeBuilder<CoordinationEntity> b)
    {
        b.ToTable("CoordinationEntities");
        b.Ignore(e => e.Template);
        b.Property(e => e.ProvinceCodes).HasJson();
        b.HasIndex(e => e.Slug).IsUnique();
        b.HasIndex(e => e.Ruc).IsUnique();
        b.HasIndex(e => new { e.SearchName, e.Slug, e.Id, e.State });
    }
}

sealed class EntityProvinceMapping : IEntityTypeConfiguration<EntityProvince>
{
    public void Configure(EntityTypeBuilder<EntityProvince> b)
    {
        b.ToTable("EntityProvinces");
        b.HasKey(p => new { p.EntityId, p.ProvinceCode });
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(p => p.EntityId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(p => p.ProvinceCode);
    }
}

sealed class MemberMapping : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> b)
    {
        b.ToTable("Members");
        b.Ignore(m => m.Seat);
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(m => m.EntityId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(m => new { m.EntityId, m.MandateTo });
        b.HasIndex(m => new { m.EntityId, m.Sector, m.Organisation, m.Id });
        b.HasIndex(m => m.RepresentativePersonId);
    }
}

sealed class MemberProfileMapping : IEntityTypeConfiguration<MemberProfile>
{
    public void Configure(EntityTypeBuilder<MemberProfile> b)
    {
        b.ToTable("MemberProfiles");
        b.HasKey(p => p.MemberId);
        b.HasOne<Member>().WithMany().HasForeignKey(p => p.MemberId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(p => p.EntityId);
    }
}

sealed class MemberDraftMapping : IEntityTypeConfiguration<MemberDraft>
{
    public void Configure(EntityTypeBuilder<MemberDraft> b)
    {
        b.ToTable("MemberDrafts");
        b.HasKey(d => d.EntityId);
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(d => d.EntityId).OnDelete(DeleteBehavior.Restrict);
        b.Uncovered("a table that waits proves nothing: the members admitted from it do");
    }
}

sealed class RepresentationMapping : IEntityTypeConfiguration<Representation>
{
    public void Configure(EntityTypeBuilder<Representation> b)
    {
        b.ToTable("Representations");
        b.HasOne<Member>().WithMany().HasForeignKey(r => r.MemberId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(r => new { r.MemberId, r.From });
        b.HasIndex(r => new { r.EntityId, r.IsAlternate, r.EndedAt });
    }
}

sealed class EntityStatuteMapping : IEntityTypeConfiguration<EntityStatute>
{
    public void Configure(EntityTypeBuilder<EntityStatute> b)
    {
        b.ToTable("EntityStatutes");
        b.HasKey(s => s.EntityId);
        b.Property(s => s.LeastWomen).Since(10);
        b.Property(s => s.Zone).Since(10);
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(s => s.EntityId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class AssemblyMapping : IEntityTypeConfiguration<Assembly>
{
    public void Configure(EntityTypeBuilder<Assembly> b)
    {
        b.ToTable("Assemblies");
        b.Property(a => a.Minutes).HasJson();
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(a => a.EntityId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(a => new { a.EntityId, a.Number }).IsUnique();
    }
}

sealed class RollSeatMapping : IEntityTypeConfiguration<RollSeat>
{
    public void Configure(EntityTypeBuilder<RollSeat> b)
    {
        b.ToTable("RollSeats");
        b.Ignore(s => s.Weight);
        b.HasKey(s => new { s.AssemblyId, s.MemberId });
        b.HasOne<Assembly>().WithMany().HasForeignKey(s => s.AssemblyId).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<Member>().WithMany().HasForeignKey(s => s.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class AttendanceMapping : IEntityTypeConfiguration<Attendance>
{
    public void Configure(EntityTypeBuilder<Attendance> b)
    {
        b.ToTable("Attendances");
        b.Ignore(a => a.Presence);
        b.Property(a => a.AlternateId).Since(10);
        b.HasOne<RollSeat>().WithMany().HasForeignKey(a => new { a.AssemblyId, a.MemberId }).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class MotionMapping : IEntityTypeConfiguration<Motion>
{
    public void Configure(EntityTypeBuilder<Motion> b)
    {
        b.ToTable("Motions");
        b.Property(m => m.Outcome).HasJson();
        b.HasOne<Assembly>().WithMany().HasForeignKey(m => m.AssemblyId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(m => new { m.AssemblyId, m.Order }).IsUnique();
    }
}

sealed class VoteMapping : IEntityTypeConfiguration<Vote>
{
    public void Configure(EntityTypeBuilder<Vote> b)
    {
        b.ToTable("Votes");
        b.HasKey(v => new { v.MotionId, v.MemberId });
        b.Property(v => v.AlternateId).Since(10);
        b.HasOne<Motion>().WithMany().HasForeignKey(v => v.MotionId).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<Member>().WithMany().HasForeignKey(v => v.MemberId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class MotionPartyMapping : IEntityTypeConfiguration<MotionParty>
{
    public void Configure(EntityTypeBuilder<MotionParty> b)
    {
        b.ToTable("MotionParties");
        b.HasKey(p => new { p.MotionId, p.Order });
        b.Ignore(p => p.Party);
        b.HasOne<Motion>().WithMany().HasForeignKey(p => p.MotionId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class WithdrawalMapping : IEntityTypeConfiguration<Withdrawal>
{
    public void Configure(EntityTypeBuilder<Withdrawal> b)
    {
        b.ToTable("Withdrawals");
        b.HasOne<Motion>().WithMany().HasForeignKey(w => w.MotionId).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<Member>().WithMany().HasForeignKey(w => w.MemberId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(w => new { w.MotionId, w.MemberId }).IsUnique();
    }
}

sealed class ProxyMapping : IEntityTypeConfiguration<Proxy>
{
    public void Configure(EntityTypeBuilder<Proxy> b)
    {
        b.ToTable("Proxies");
        b.HasKey(p => new { p.AssemblyId, p.GiverId, p.GivenAt });
        b.HasOne<RollSeat>().WithMany().HasForeignKey(p => new { p.AssemblyId, p.GiverId }).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<RollSeat>().WithMany().HasForeignKey(p => new { p.AssemblyId, p.HolderId }).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class SessionBreakMapping : IEntityTypeConfiguration<SessionBreak>
{
    public void Configure(EntityTypeBuilder<SessionBreak> b)
    {
        b.ToTable("SessionBreaks");
        b.HasKey(p => new { p.AssemblyId, p.Number });
        b.HasOne<Assembly>().WithMany().HasForeignKey(p => p.AssemblyId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class AmendmentMapping : IEntityTypeConfiguration<Amendment>
{
    public void Configure(EntityTypeBuilder<Amendment> b)
    {
        b.ToTable("Amendments");
        b.HasKey(a => a.MotionId);
        b.HasOne<Motion>().WithOne().HasForeignKey<Amendment>(a => a.MotionId).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<Motion>().WithMany().HasForeignKey(a => a.AmendsId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class ShowOfHandsMapping : IEntityTypeConfiguration<ShowOfHands>
{
    public void Configure(EntityTypeBuilder<ShowOfHands> b)
    {
        b.ToTable("ShowsOfHands");
        b.HasKey(h => h.MotionId);
        b.Property(h => h.Figures).HasJson();
        b.HasOne<Motion>().WithOne().HasForeignKey<ShowOfHands>(h => h.MotionId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class ObjectionMapping : IEntityTypeConfiguration<Objection>
{
    public void Configure(EntityTypeBuilder<Objection> b)
    {
        b.ToTable("Objections");
        b.HasKey(o => new { o.MotionId, o.MemberId });
        b.HasOne<Vote>().WithOne().HasForeignKey<Objection>(o => new { o.MotionId, o.MemberId }).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class WrittenProcedureMapping : IEntityTypeConfiguration<WrittenProcedure>
{
    public void Configure(EntityTypeBuilder<WrittenProcedure> b)
    {
        b.ToTable("WrittenProcedures");
        b.HasKey(w => w.AssemblyId);
        b.Ignore(w => w.Deadline);
        b.HasOne<Assembly>().WithOne().HasForeignKey<WrittenProcedure>(w => w.AssemblyId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class ResolutionMapping : IEntityTypeConfiguration<Resolution>
{
    public void Configure(EntityTypeBuilder<Resolution> b)
    {
        b.ToTable("Resolutions");
        b.Property(r => r.Outcome).HasJson();
        b.Ignore(r => r.Code);
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(r => r.EntityId).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<Motion>().WithMany().HasForeignKey(r => r.MotionId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(r => new { r.EntityId, r.Number }).IsUnique();
        b.HasIndex(r => new { r.SubjectKind, r.SubjectId });
    }
}

sealed class ResolutionTaskMapping : IEntityTypeConfiguration<ResolutionTask>
{
    public void Configure(EntityTypeBuilder<ResolutionTask> b)
    {
        b.ToTable("ResolutionTasks");
        b.HasOne<Resolution>().WithMany().HasForeignKey(t => t.ResolutionId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(t => new { t.ResolutionId, t.DueOn });
        b.HasIndex(t => new { t.EntityId, t.DoneAt, t.DueOn });
    }
}

sealed class ResolutionFollowUpMapping : IEntityTypeConfiguration<ResolutionFollowUp>
{
    public void Configure(EntityTypeBuilder<ResolutionFollowUp> b)
    {
        b.ToTable("ResolutionFollowUps");
        b.HasOne<Resolution>().WithMany().HasForeignKey(f => f.ResolutionId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(f => new { f.ResolutionId, f.At });
    }
}

sealed class BoardSeatMapping : IEntityTypeConfiguration<BoardSeat>
{
    public void Configure(EntityTypeBuilder<BoardSeat> b)
    {
        b.ToTable("BoardSeats");
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(s => s.EntityId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(s => new { s.EntityId, s.EndedAt });
    }
}

sealed class EntityDissolutionMapping : IEntityTypeConfiguration<EntityDissolution>
{
    public void Configure(EntityTypeBuilder<EntityDissolution> b)
    {
        b.ToTable("EntityDissolutions");
        b.HasKey(d => d.EntityId);
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(d => d.EntityId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class AgendaItemMapping : IEntityTypeConfiguration<AgendaItem>
{
    public void Configure(EntityTypeBuilder<AgendaItem> b)
    {
        b.ToTable("AgendaItems");
        b.HasKey(i => new { i.AssemblyId, i.Order });
        b.HasOne<Assembly>().WithMany().HasForeignKey(i => i.AssemblyId).OnDelete(DeleteBehavior.Restrict);
    }
}

sealed class PlannedSessionMapping : IEntityTypeConfiguration<PlannedSession>
{
    public void Configure(EntityTypeBuilder<PlannedSession> b)
    {
        b.ToTable("PlannedSessions");
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(p => p.EntityId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(p => new { p.EntityId, p.On });
    }
}

sealed class InterestMapping : IEntityTypeConfiguration<Interest>
{
    public void Configure(EntityTypeBuilder<Interest> b)
    {
        b.ToTable("Interests");
        b.HasIndex(i => new { i.PersonId, i.WithdrawnAt });
    }
}

sealed class InterestKeyMapping : IEntityTypeConfiguration<InterestKey>
{
    public void Configure(EntityTypeBuilder<InterestKey> b)
    {
        b.ToTable("InterestKeys");
        b.HasKey(k => k.Number);
    }
}

sealed class EntityTerritoryMapping : IEntityTypeConfiguration<EntityTerritory>
{
    public void Configure(EntityTypeBuilder<EntityTerritory> b)
    {
        b.ToTable("EntityTerritories");
        b.HasKey(t => new { t.EntityId, t.TerritoryId });
        b.HasOne<CoordinationEntity>().WithMany().HasForeignKey(t => t.EntityId).OnDelete(DeleteBehavior.Restrict);
        b.HasOne<FunctionalTerritory>().WithMany().HasForeignKey(t => t.TerritoryId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(t => t.TerritoryId);
    }
}
