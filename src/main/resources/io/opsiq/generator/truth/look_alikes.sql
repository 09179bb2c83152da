-- What is a fact of the type is no look-alike of it.
select distinct situation, quiet_type, cast(entity as varchar) as entity
from look_alikes
where not exists (
    from facts where facts.anomaly_type = quiet_type and cast(facts.entity as varchar) = cast(look_alikes.entity as varchar)
)
order by quiet_type, situation, entity
