using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Evaluation;

public static class EvaluationTables
{
    extension(AppDb db)
    {
        public DbSet<Review> Reviews => db.Set<Review>();
        public DbSet<Finding> Findings => db.Set<Finding>();
        public DbSet<CureAnswer> CureAnswers => db.Set<CureAnswer>();
        public DbSet<Assignment> Assignments => db.Set<Assignment>();
        public DbSet<ConflictDeclaration> Conflicts => db.Set<ConflictDeclaration>();
        public DbSet<Score> Scores => db.Set<Score>();
    }
}

sealed class ReviewMapping : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> b)
    {
        b.ToTable("Reviews");
        b.HasKey(r => r.ApplicationId);
        b.HasIndex(r => new { r.CallId, r.State });
    }
}

sealed class FindingMapping : IEntityTypeConfiguration<Finding>
{
    public void Configure(EntityTypeBuilder<Finding> b)
    {
        b.ToTable("Findings");
        b.HasKey(f => new { f.ApplicationId, f.RequirementId, f.Round });
    }
}

sealed class CureAnswerMapping : IEntityTypeConfiguration<CureAnswer>
{
    public void Configure(EntityTypeBuilder<CureAnswer> b)
    {
        b.ToTable("CureAnswers");
        b.HasKey(c => new { c.ApplicationId, c.RequirementId, c.Round });
    }
}

sealed class AssignmentMapping : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> b)
    {
        b.ToTable("Assignments");
        b.HasIndex(a => a.CallId);
        b.HasIndex(a => a.ApplicationId);
        b.HasIndex(a => a.EvaluatorId);
        b.Ignore(a => a.IsActive);
    }
}

sealed class ConflictMapping : IEntityTypeConfiguration<ConflictDeclaration>
{
    public void Configure(EntityTypeBuilder<ConflictDeclaration> b)
    {
        b.ToTable("Conflicts");
        b.HasIndex(c => new { c.CallId, c.EvaluatorId });
    }
}

sealed class ScoreMapping : IEntityTypeConfiguration<Score>
{
    public void Configure(EntityTypeBuilder<Score> b)
    {
        b.ToTable("Scores");
        b.HasKey(s => new { s.AssignmentId, s.CriterionId });
    }
}
