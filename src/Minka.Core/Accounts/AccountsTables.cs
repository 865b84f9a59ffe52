using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Accounts;

public static class AccountsTables
{
    extension(AppDb db)
    {
        public DbSet<Person> People => db.Set<Person>();
        public DbSet<RoleGrant> RoleGrants => db.Set<RoleGrant>();
        public DbSet<Installation> Installations => db.Set<Installation>();
        public DbSet<Passkey> Passkeys => db.Set<Passkey>();
    }
}

sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> b)
    {
        b.ToTable("People");
        b.Property(p => p.UserName).HasMaxLength(256);
        b.Property(p => p.NormalizedUserName).HasMaxLength(256);
        b.Property(p => p.Email).HasMaxLength(256);
        b.Property(p => p.NormalizedEmail).HasMaxLength(256);
        b.HasIndex(p => p.NormalizedUserName).IsUnique();
        b.HasIndex(p => p.NormalizedEmail);
        b.HasIndex(p => new { p.DisplayName, p.Id });
        // Identity renews its stamp on each update; two editors are caught by Version.
        b.Property(p => p.ConcurrencyStamp).IsConcurrencyToken(false);
    }
}

sealed class PersonTokenMapping : IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> b)
    {
        b.ToTable("PersonTokens");
        b.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
    }
}

sealed class PersonClaimMapping : IEntityTypeConfiguration<IdentityUserClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> b) => b.ToTable("PersonClaims");
}

sealed class PersonLoginMapping : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> b)
    {
        b.ToTable("PersonLogins");
        b.HasKey(l => new { l.LoginProvider, l.ProviderKey });
    }
}

sealed class PasskeyMapping : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> b)
    {
        b.ToTable("Passkeys");
        b.Property(k => k.CredentialId).HasMaxLength(1023);
        // One column of JSON instead of Identity's owned type: an owned type's columns would have no digest.
        b.Property(k => k.Data).HasJson();
        b.HasIndex(k => k.CredentialId).IsUnique();
        b.HasIndex(k => k.UserId);
    }
}

sealed class RoleGrantMapping : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> b)
    {
        b.ToTable("RoleGrants");
        b.Ignore(g => g.Scope);
        b.HasIndex(g => g.PersonId);
        b.HasIndex(g => new { g.ScopeKind, g.ScopeId });
    }
}

sealed class InstallationMapping : IEntityTypeConfiguration<Installation>
{
    public void Configure(EntityTypeBuilder<Installation> b) => b.ToTable("Installations");
}
