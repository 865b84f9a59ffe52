namespace Minka.Web.Screens.Entities.Members;

/// <summary>A page with the fields of a member: the form that adds and the one that changes share them.</summary>
public interface IMemberPage
{
    MemberForm Input { get; }
}
