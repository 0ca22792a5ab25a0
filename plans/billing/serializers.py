"""What billing reads and writes, field by field (API-6, BILL-1..3, BILL-8)."""

from __future__ import annotations

from rest_framework import serializers

from plans.billing.fields import Code, Hash, Known, Money, Name, Strict
from plans.billing.kinds import (
    FOR_RECIPIENTS,
    AdministrativeSex,
    Effect,
    Outcome,
    Reason,
    Relation,
)
from plans.kinds import Role, SignatureStatus

CODE_SYSTEMS = ["icd_10", "icd_10_cm", "icd_11", "snomed_ct"]
RESTRICTIONS = ["self_pay", "restriction", "billing"]


class WhySerializer(Strict):
    code = Known(Reason)
    effect = Known(Effect)


class PlanSerializer(Strict):
    on_file = serializers.BooleanField()
    id = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    number = serializers.IntegerField(allow_null=True)
    sha256 = Hash(allow_null=True)
    effective_from = serializers.DateTimeField(allow_null=True)
    review_due = serializers.DateField(allow_null=True)
    agreed = serializers.IntegerField()
    open = serializers.IntegerField()
    declined = serializers.IntegerField()


class SignerSerializer(Strict):
    role = Known(Role)
    at = serializers.DateTimeField()
    version = serializers.IntegerField()
    sha256 = Hash()


class SignatureSerializer(Strict):
    status = Known(SignatureStatus)
    signers = SignerSerializer(many=True)


class DiagnosisSerializer(Strict):
    system = serializers.ChoiceField(choices=CODE_SYSTEMS)
    code = Code()
    primary = serializers.BooleanField()


class AuthorisationSerializer(Strict):
    id = serializers.UUIDField()
    number = Code()
    service_code = Code()
    modifier = Code(optional=True)
    units = serializers.IntegerField()
    units_left = serializers.IntegerField()
    times_a_week = serializers.IntegerField(allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class ConsentSerializer(Strict):
    active = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True)


class SessionSerializer(Strict):
    charge = serializers.UUIDField(allow_null=True)
    service_code = Code(optional=True)
    modifier = Code(optional=True)


class ReadinessSerializer(Strict):
    client = serializers.UUIDField()
    on = serializers.DateField()
    ready = serializers.BooleanField()
    reasons = WhySerializer(many=True)
    profile = Code()
    plan = PlanSerializer()
    signature = SignatureSerializer()
    diagnoses = DiagnosisSerializer(many=True)
    sessions = SessionSerializer(many=True)
    authorisations = AuthorisationSerializer(many=True)
    restrictions = serializers.ListField(child=serializers.ChoiceField(choices=RESTRICTIONS))
    consent = ConsentSerializer()


class CoverageSerializer(Strict):
    id = serializers.UUIDField()
    payer = Name()
    payer_id = Code(optional=True)
    member_id = Code()
    subscriber = Name()
    relation = Known(Relation)
    rank = serializers.IntegerField()
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)


class ExternalIdSerializer(Strict):
    system = Code()
    value = Code()


class ClaimFactsSerializer(Strict):
    client = serializers.UUIDField()
    legal_name = Name()
    birth_date = serializers.DateField(allow_null=True)
    address = Name()
    administrative_sex = Known(AdministrativeSex, allow_blank=True)
    coverages = CoverageSerializer(many=True)
    external_ids = ExternalIdSerializer(many=True)


class ClientsPageSerializer(Strict):
    clients = ClaimFactsSerializer(many=True)
    next = serializers.CharField(allow_null=True, max_length=400)


class NewExternalIdSerializer(Strict):
    value = Code()


class ClinicianSerializer(Strict):
    id = serializers.UUIDField()
    npi = serializers.RegexField("^([0-9]{10})?$", allow_blank=True)
    licence = Code(optional=True)


class ChargeSerializer(Strict):
    id = serializers.UUIDField()
    client = serializers.UUIDField()
    session = serializers.UUIDField(allow_null=True)
    corrects = serializers.UUIDField(allow_null=True)
    service_on = serializers.DateField()
    starts_at = serializers.DateTimeField(allow_null=True)
    minutes = serializers.IntegerField(allow_null=True)
    service_code = Code()
    modifier = Code(optional=True)
    units = serializers.IntegerField()
    place = serializers.RegexField("^([0-9]{2})?$", allow_blank=True)
    fee = Money()
    currency = serializers.RegexField("^[A-Z]{3}$")
    diagnoses = serializers.ListField(child=Code())
    rendering = ClinicianSerializer()
    supervising = ClinicianSerializer(allow_null=True)
    authorisation = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(choices=[str(state) for state in FOR_RECIPIENTS])
    state_at = serializers.DateTimeField()


class ChargesPageSerializer(Strict):
    charges = ChargeSerializer(many=True)
    next = serializers.CharField(allow_null=True, max_length=400)


class NewResultSerializer(Strict):
    outcome = Known(Outcome)
    adjudication_codes = serializers.ListField(child=Code(), required=False, max_length=20)
    payer_control_number = Code(optional=True, required=False)
    allowed = Money(required=False, allow_null=True)
    paid = Money(required=False, allow_null=True)
    client_owes = Money(required=False, allow_null=True)
    decided_on = serializers.DateField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        """Paid says how much."""
        if attrs["outcome"] == Outcome.PAID and attrs.get("paid") is None:
            raise serializers.ValidationError({"paid": ["required"]}, code="required")
        return attrs


class ResultSerializer(Strict):
    id = serializers.UUIDField()
    charge = serializers.UUIDField()


class SealSerializer(Strict):
    number = serializers.IntegerField()
    text = serializers.CharField(max_length=2000)
    signature = serializers.CharField(max_length=100)
    key = serializers.UUIDField()
    public_key = Hash()


class EvidenceSerializer(Strict):
    client = serializers.UUIDField()
    charge = serializers.UUIDField()
    service_on = serializers.DateField()
    plan = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    effective_from = serializers.DateTimeField(allow_null=True)
    manifest = serializers.CharField(allow_null=True)
    sha256 = Hash(allow_null=True)
    previous_sha256 = Hash(allow_null=True)
    signature = SignatureSerializer()
    seal = SealSerializer(allow_null=True)
    verify = serializers.ListField(child=serializers.CharField(max_length=200))


class EventSerializer(Strict):
    id = serializers.CharField(max_length=80)
    kind = serializers.RegexField("^[a-z_]+[.][a-z_]+$")
    client = serializers.UUIDField()
    object = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    sha256 = Hash(allow_null=True)
    at = serializers.DateTimeField()


class FeedSerializer(Strict):
    events = EventSerializer(many=True)
    next = serializers.CharField(max_length=400)
    more = serializers.BooleanField()
